import type Sqlite from 'better-sqlite3';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import type { PlannedPhase, Probed } from '../../../../shared/jobs/plan.ts';
import type { StepState } from '../../../../shared/jobs/step-state.ts';
import type { JobQuery, StoredJob, StoredLane, StoredStep } from './job-rows.ts';
import { createLogReads, type LogReads } from './log-reads.ts';

/** What the database knows of jobs. Each look is small: pages, single jobs, bounded logs. */
export interface JobStore extends LogReads {
  /** Newest first. */
  list(query: JobQuery): { rows: StoredJob[]; total: number };
  kinds(): { kind: string; count: number }[];
  get(id: string): StoredJob | undefined;
  /** Parsed again by whoever knows the kind. */
  input(id: string): unknown;
  steps(job: StoredJob): StoredStep[];
  probed(job: StoredJob, stepId: string): Probed | null;
  /** Ids that end or begin with this, in any case; at most three. */
  idsLike(part: string): string[];
  /** Jobs that some process runs or ran when it died. */
  owned(): { id: string; owner: string }[];
  /** Jobs of a state without an owner. */
  inState(state: JobState['state']): { id: string; kind: string }[];
  /** Of the jobs of this owner those that another process wants cancelled. */
  wishes(owner: string): string[];
  /** What changed after this revision, oldest first. */
  changedSince(rev: number, limit: number): StoredJob[];
  newestRev(): number;
}

interface JobRow {
  readonly [column: string]: string | number | null;
}

export function createJobStore(sqlite: Sqlite.Database): JobStore {
  const columns = `seq, id, kind, title, who, by_way, attended, plan_version, lanes, devices, device_count,
    created_at, state_detail, steps_total, steps_done, undoable, report, lines, last_line, owner, rev`;
  const where = `(@states = '[]' OR state IN (SELECT value FROM json_each(@states)))
    AND (@kinds = '[]' OR kind IN (SELECT value FROM json_each(@kinds)))
    AND (@deviceId IS NULL OR seq IN (SELECT job FROM job_device WHERE device_id = @deviceId))
    AND (@search = '' OR instr(lower(title || ' ' || devices || ' ' || kind), @search) > 0)`;
  const page = sqlite.prepare<[Record<string, unknown>], JobRow>(
    `SELECT ${columns} FROM job WHERE ${where} ORDER BY seq DESC LIMIT @limit OFFSET @offset`,
  );
  const count = sqlite
    .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM job WHERE ${where}`)
    .pluck();
  const kinds = sqlite.prepare<[], { kind: string; count: number }>(
    'SELECT kind, count(*) AS count FROM job GROUP BY kind ORDER BY kind',
  );
  const one = sqlite.prepare<[string], JobRow>(`SELECT ${columns} FROM job WHERE id = ?`);
  const input = sqlite.prepare<[string], string>('SELECT input FROM job WHERE id = ?').pluck();
  const steps = sqlite.prepare<[number], JobRow>(
    `SELECT number, id, lane, position, plan, state, saved, began, lines FROM job_step
     WHERE job = ? ORDER BY number`,
  );
  const probed = sqlite
    .prepare<[number, string], string | null>(
      'SELECT probed FROM job_step WHERE job = ? AND id = ?',
    )
    .pluck();
  const like = sqlite
    .prepare<[Record<string, string>], string>(
      `SELECT id FROM job WHERE substr(id, 1, length(@part)) = @part
         OR substr(id, -length(@part)) = @part ORDER BY seq DESC LIMIT 3`,
    )
    .pluck();
  const owned = sqlite.prepare<[], { id: string; owner: string }>(
    'SELECT id, owner FROM job WHERE owner IS NOT NULL ORDER BY seq LIMIT 500',
  );
  const inState = sqlite.prepare<[string], { id: string; kind: string }>(
    'SELECT id, kind FROM job WHERE state = ? AND owner IS NULL ORDER BY seq LIMIT 500',
  );
  const wishes = sqlite
    .prepare<[string], string>("SELECT id FROM job WHERE owner = ? AND wish = 'cancel'")
    .pluck();
  const changed = sqlite.prepare<[number, number], JobRow>(
    `SELECT ${columns} FROM job WHERE rev > ? ORDER BY rev LIMIT ?`,
  );
  const newest = sqlite.prepare<[], number>('SELECT coalesce(max(rev), 0) FROM job').pluck();

  return {
    ...createLogReads(sqlite),
    list(query) {
      const { states, kinds: ofKinds, deviceId, search, offset, limit } = query;
      const filter = {
        states: JSON.stringify(states),
        kinds: JSON.stringify(ofKinds),
        deviceId,
        search: search.trim().toLowerCase(),
      };
      return {
        rows: page.all({ ...filter, offset, limit }).map(toJob),
        total: count.get(filter) ?? 0,
      };
    },
    kinds: () => kinds.all(),
    get(id) {
      const row = one.get(id);
      return row && toJob(row);
    },
    input: (id) => JSON.parse(input.get(id) ?? 'null'),
    steps: ({ seq }) => steps.all(seq).map(toStep),
    probed: ({ seq }, stepId) => parsed<Probed>(probed.get(seq, stepId) ?? null),
    idsLike: (part) => like.all({ part: part.toLowerCase() }),
    owned: () => owned.all(),
    inState: (state) => inState.all(state),
    wishes: (owner) => wishes.all(owner),
    changedSince: (rev, limit) => changed.all(rev, limit).map(toJob),
    newestRev: () => newest.get() ?? 0,
  };
}

/** Written by the journal alone, always in these shapes. */
function parsed<T>(json: string | number | null | undefined): T | null {
  return typeof json === 'string' ? (JSON.parse(json) as T) : null;
}

function toJob(row: JobRow): StoredJob {
  const state = parsed<JobState>(row.state_detail) ?? { state: 'queued' };
  return {
    seq: Number(row.seq),
    id: String(row.id),
    kind: String(row.kind),
    title: String(row.title),
    who: String(row.who),
    by: row.by_way as StoredJob['by'], // as the journal wrote it
    attended: row.attended === 1,
    planVersion: Number(row.plan_version),
    lanes: parsed<StoredLane[]>(row.lanes) ?? [],
    devices: parsed<{ id: string | null; name: string }[]>(row.devices) ?? [],
    deviceCount: Number(row.device_count),
    createdAt: Number(row.created_at),
    state,
    steps: { done: Number(row.steps_done), total: Number(row.steps_total) },
    undoable: row.undoable === 1,
    report: row.report === null || row.report === undefined ? null : String(row.report),
    lines: Number(row.lines),
    lastLine: row.last_line === null || row.last_line === undefined ? null : String(row.last_line),
    owner: row.owner === null || row.owner === undefined ? null : String(row.owner),
    rev: Number(row.rev),
  };
}

function toStep(row: JobRow): StoredStep {
  const plan = parsed<PlannedPhase>(row.plan);
  if (plan === null) throw new Error('A step without a plan');
  return {
    number: Number(row.number),
    id: String(row.id),
    lane: String(row.lane),
    position: Number(row.position),
    plan,
    state: parsed<StepState>(row.state) ?? { state: 'pending' },
    saved: parsed<unknown>(row.saved) ?? undefined,
    began: row.began as StoredStep['began'], // as the journal wrote it
    lines: Number(row.lines),
  };
}
