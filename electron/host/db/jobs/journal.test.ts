import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import type { Probed } from '../../../../shared/jobs/plan.ts';
import { newId } from '../ids.ts';
import type { Database } from '../index.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';
import type { NewJob } from './job-rows.ts';
import { type Journal, openJournal } from './journal.ts';
import { keptLines } from './log-writes.ts';

let data: TemporaryData;
let database: Database;
let journal: Journal;
beforeEach(() => {
  data = temporaryData();
  database = data.open();
  journal = openJournal({ file: database.file, identity: database.identity });
});
afterEach(async () => {
  await journal.close();
  data.remove();
});

const day = 24 * 60 * 60_000;
const owner = 'somebody';
const ended = { startedAt: 1, endedAt: day };
const done = (endedAt: number) => ({ state: 'done', startedAt: 1, endedAt }) as const;

/** A job of one step that stands so, and nobody is at it. */
async function add(
  title: string,
  state: JobState,
  { undoable = false, release = true } = {},
): Promise<string> {
  const id = newId();
  const probed: Probed = { standing: 'absent', found: '', evidence: [] };
  const plan = { phase: 'make', title: 'Make it', params: {}, probed, items: [], lasting: null };
  const job: NewJob = {
    ...{ id, title, kind: 'making', who: 'ada', attended: true, input: null },
    ...{ planVersion: 1, createdAt: 1 },
    by: 'cli',
    lanes: [{ lane: 'pi', title: 'pi', deviceId: null, after: [] }],
    steps: [{ id: newId(), lane: 'pi', plan }],
  };
  const change = { state, stepsDone: 1, undoable, report: null };
  await journal.write({ op: 'insert', job, owner, change });
  await journal.write({ op: 'update', id, owner, job: change, steps: [], release });
  return id;
}

async function say(id: string, from: number, count: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, index) => {
    const n = from + index;
    return { step: 1, n, seq: n, at: n, stream: 'out', text: `line ${n}` } as const;
  });
  await journal.write({ op: 'lines', id, lines }, { durable: false });
}

function logOf(id: string, stepId: string | null = null) {
  const job = database.jobs.get(id);
  if (job === undefined) throw new Error('It is gone.');
  const step = stepId ?? database.jobs.steps(job)[0]?.id ?? '';
  return database.jobs.log(job, { stepId: step, after: 0, search: '', limit: 5_000 });
}

const titles = () =>
  database.jobs
    .list({ states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 100 })
    .rows.map(({ title }) => title)
    .sort();

async function prune(limits: { olderThan?: number; keepJobs?: number; keepLines?: number }) {
  const all = { olderThan: 0, keepJobs: 1_000, keepLines: 1_000_000, ...limits };
  while (await journal.write({ op: 'prune', ...all }));
}

describe('a long log', () => {
  const { first, last } = keptLines;
  const whole = first + last + 1;

  it('is kept whole up to its bound', async () => {
    const id = await add('long', done(1));
    await say(id, 1, whole);
    expect(logOf(id).lines.map(({ text }) => text)).toEqual(
      Array.from({ length: whole }, (_, index) => `line ${index + 1}`),
    );
  });

  it('keeps its beginning and its end, and one line says how many went, however it grows', async () => {
    const id = await add('long', done(1));
    for (const from of [1, 1_001, 2_001, 3_001]) await say(id, from, 1_000);
    const { lines, total } = logOf(id);
    expect(total).toBe(whole);
    expect(lines.slice(first - 1, first + 2).map(({ text }) => text)).toEqual([
      `line ${first}`,
      `${4_000 - first - last} lines were left out here.`,
      `line ${4_000 - last + 1}`,
    ]);
    expect(lines.at(-1)?.text).toBe('line 4000');
    const job = database.jobs.get(id);
    expect(job && database.jobs.steps(job)[0]?.lines).toBe(4_000);
  });
});

describe('what is old', () => {
  it('goes with its log, but never what can still be undone, goes on, or is somebody’s', async () => {
    const error = { code: 'STEP_NOT_DONE', message: 'No.', hint: '' };
    const old = await add('old', done(day));
    await say(old, 1, 10);
    await add('failed', { state: 'failed', ...ended, error });
    await add('undoable', done(day), { undoable: true });
    await add('interrupted', { state: 'interrupted', ...ended });
    await add('waiting', { state: 'waiting', ...ended, needs: 'a word' });
    await add('undo failed', { state: 'undo-failed', ...ended, error });
    await add('held', done(day), { release: false });
    await add('new', done(3 * day));
    await prune({ olderThan: 2 * day });
    expect(titles()).toEqual(['held', 'interrupted', 'new', 'undo failed', 'undoable', 'waiting']);
    expect(database.jobs.get(old)).toBeUndefined();
  });

  it('goes as well where there are too many, the oldest first', async () => {
    for (const n of [1, 2, 3, 4]) await add(`job ${n}`, done(day), { undoable: n === 2 });
    await prune({ keepJobs: 2 });
    expect(titles()).toEqual(['job 2', 'job 3', 'job 4']);
  });

  it('loses its log alone where all logs together are too long, and never one that can be undone', async () => {
    const ids = [];
    for (const n of [1, 2, 3]) {
      const id = await add(`job ${n}`, done(day), { undoable: n === 1 });
      await say(id, 1, 100);
      ids.push(id);
    }
    await prune({ keepLines: 250 });
    expect(ids.map((id) => logOf(id).total)).toEqual([100, 0, 100]);
    expect(titles()).toEqual(['job 1', 'job 2', 'job 3']);
  });
});
