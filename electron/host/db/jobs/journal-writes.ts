import type Sqlite from 'better-sqlite3';
import type { JobChange, NewJob, StepChange, StoredLine } from './job-rows.ts';
import { type KeptLines, writeLines } from './log-writes.ts';

/** One entry of the journal. Several are written as one transaction. */
export type JournalEntry =
  | {
      readonly op: 'insert';
      readonly job: NewJob;
      readonly owner: string;
      readonly change: JobChange;
    }
  /** Only where `owner` has the job. */
  | {
      readonly op: 'update';
      readonly id: string;
      readonly owner: string;
      readonly job?: JobChange;
      readonly steps: readonly StepChange[];
      /** Gives the job up: nobody runs it any more. */
      readonly release: boolean;
    }
  | {
      readonly op: 'lines';
      readonly id: string;
      readonly lines: readonly StoredLine[];
    }
  /** Takes a job that `before` has, or nobody. */
  | {
      readonly op: 'claim';
      readonly id: string;
      readonly owner: string;
      readonly before: string | null;
    }
  | { readonly op: 'wish'; readonly id: string; readonly wish: 'cancel' | null }
  | {
      readonly op: 'prune';
      readonly olderThan: number;
      readonly keepJobs: number;
      readonly keepLines: number;
    };

/** For each entry whether it found what it wanted; of `prune`, whether there is more to delete. */
export type JournalAnswer = readonly boolean[];

export type JournalWriter = (entry: JournalEntry) => boolean;

const nextRev = '(SELECT coalesce(max(rev), 0) + 1 FROM job)';
/** How many machines the line of a job names. */
const namedDevices = 8;

export function createJournalWriter(sqlite: Sqlite.Database, kept: KeptLines): JournalWriter {
  const insertJob = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO job (id, kind, title, who, by_way, attended, input, plan_version, lanes, devices,
       device_count, created_at, state, state_detail, steps_total, owner, rev)
     VALUES (@id, @kind, @title, @who, @by, @attended, @input, @planVersion, @lanes, @devices,
       @deviceCount, @createdAt, @state, @detail, @total, @owner, ${nextRev})`,
  );
  const insertStep = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO job_step (job, number, id, lane, position, plan, state)
     VALUES (@job, @number, @id, @lane, @position, @plan, '{"state":"pending"}')`,
  );
  const insertDevice = sqlite.prepare<[string, number]>(
    'INSERT OR IGNORE INTO job_device (device_id, job) VALUES (?, ?)',
  );
  const owned = sqlite
    .prepare<[string, string], number>('SELECT seq FROM job WHERE id = ? AND owner = ?')
    .pluck();
  const touch = sqlite.prepare<[number]>(`UPDATE job SET rev = ${nextRev} WHERE seq = ?`);
  const release = sqlite.prepare<[number]>(
    'UPDATE job SET owner = NULL, wish = NULL WHERE seq = ?',
  );
  const updateJob = sqlite.prepare<[Record<string, unknown>]>(
    `UPDATE job SET state = @state, state_detail = @detail, ended_at = @endedAt, steps_done = @done,
       undoable = @undoable, report = @report WHERE seq = @seq`,
  );
  const updateStep = sqlite.prepare<[Record<string, unknown>]>(
    `UPDATE job_step SET state = @state, saved = coalesce(@saved, saved),
       began = coalesce(@began, began), probed = coalesce(@probed, probed)
     WHERE job = @job AND number = @number`,
  );
  const claim = sqlite.prepare<[string, string, string | null]>(
    `UPDATE job SET owner = ?, wish = NULL, rev = ${nextRev} WHERE id = ? AND owner IS ?`,
  );
  const wish = sqlite.prepare<[string | null, string]>('UPDATE job SET wish = ? WHERE id = ?');
  const lines = writeLines(sqlite, kept);
  const prune = createPrune(sqlite);

  const insert = ({ job, owner, change }: Extract<JournalEntry, { op: 'insert' }>) => {
    const { input, lanes, steps, attended, ...rest } = job;
    const { state, detail } = stateColumns(change);
    const devices = lanes.map(({ deviceId, title }) => ({ id: deviceId, name: title }));
    const seq = Number(
      insertJob.run({
        ...rest,
        state,
        detail,
        owner,
        attended: attended ? 1 : 0,
        input: JSON.stringify(input ?? null),
        lanes: JSON.stringify(lanes),
        devices: JSON.stringify(devices.slice(0, namedDevices)),
        deviceCount: devices.length,
        total: steps.length,
      }).lastInsertRowid,
    );
    const positions = new Map<string, number>();
    steps.forEach(({ id, lane, plan }, index) => {
      const position = positions.get(lane) ?? 0;
      positions.set(lane, position + 1);
      const row = { job: seq, number: index + 1, id, lane, position, plan: JSON.stringify(plan) };
      insertStep.run(row);
    });
    for (const { id } of devices) if (id !== null) insertDevice.run(id, seq);
    return true;
  };

  const update = (entry: Extract<JournalEntry, { op: 'update' }>) => {
    const seq = owned.get(entry.id, entry.owner);
    if (seq === undefined) return false;
    for (const { number, state, saved, began, probed } of entry.steps) {
      updateStep.run({
        job: seq,
        number,
        state: JSON.stringify(state),
        saved: saved === undefined ? null : JSON.stringify(saved),
        began: began ?? null,
        probed: probed === undefined ? null : JSON.stringify(probed),
      });
    }
    if (entry.job) {
      const { stepsDone, undoable, report } = entry.job;
      const columns = { seq, done: stepsDone, undoable: undoable ? 1 : 0, report };
      updateJob.run({ ...columns, ...stateColumns(entry.job) });
    }
    if (entry.release) release.run(seq);
    touch.run(seq);
    return true;
  };

  return (entry) => {
    switch (entry.op) {
      case 'insert':
        return insert(entry);
      case 'update':
        return update(entry);
      case 'lines':
        return lines(entry.id, entry.lines);
      case 'claim':
        return claim.run(entry.owner, entry.id, entry.before).changes === 1;
      case 'wish':
        return wish.run(entry.wish, entry.id).changes === 1;
      case 'prune':
        return prune(entry);
    }
  };
}

function stateColumns({ state }: JobChange) {
  const endedAt = 'endedAt' in state ? state.endedAt : null;
  return { state: state.state, detail: JSON.stringify(state), endedAt };
}

/** How many jobs go in one transaction, so that others have their turn. */
const prunedAtOnce = 20;

/** Old jobs go with their logs, the oldest first; never one that runs or that could still be undone. */
function createPrune(sqlite: Sqlite.Database) {
  const over = 'undoable = 0 AND owner IS NULL AND ended_at IS NOT NULL';
  // What may still go on has something to go on with.
  const settled = `${over} AND state IN ('done', 'undone', 'left', 'cancelled', 'failed')`;
  const old = sqlite
    .prepare<[Record<string, number>], number>(
      `SELECT seq FROM job WHERE ${settled} AND (ended_at < @olderThan OR seq <= coalesce(
         (SELECT seq FROM job ORDER BY seq DESC LIMIT 1 OFFSET @keepJobs), -1))
       ORDER BY seq LIMIT ${prunedAtOnce}`,
    )
    .pluck();
  const remove = sqlite.prepare<[number]>('DELETE FROM job WHERE seq = ?');
  const total = sqlite.prepare<[], number>('SELECT count(*) FROM job_log').pluck();
  const loggedLongest = sqlite
    .prepare<[], number>(
      `SELECT seq FROM job WHERE ${settled} AND EXISTS (SELECT 1 FROM job_log WHERE job = seq)
       ORDER BY seq LIMIT ${prunedAtOnce}`,
    )
    .pluck();
  const removeLog = sqlite.prepare<[number]>('DELETE FROM job_log WHERE job = ?');
  return ({ olderThan, keepJobs, keepLines }: Extract<JournalEntry, { op: 'prune' }>): boolean => {
    const goes = old.all({ olderThan, keepJobs });
    for (const seq of goes) remove.run(seq);
    if (goes.length > 0) return true;
    let over = (total.get() ?? 0) - keepLines;
    if (over <= 0) return false;
    const logs = loggedLongest.all();
    for (const seq of logs) if (over > 0) over -= removeLog.run(seq).changes;
    return over > 0 && logs.length > 0;
  };
}
