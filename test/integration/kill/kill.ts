import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openDatabase } from '../../../electron/host/db/index.ts';
import type { JobKind } from '../../../electron/host/engine/jobs/index.ts';
import type { JobPage } from '../../../shared/jobs/job.ts';
import { mayStand } from '../../../shared/jobs/step-state.ts';
import { backwards, forwards, type Point } from './deadly.ts';
import { type OpenJob, openJobs, startJob } from './killed-job.ts';
import type { Scenario } from './scenario.ts';

const child = new URL('./kill-child.ts', import.meta.url).pathname;

export type Truth = Readonly<Record<string, string>>;

/** One end of a process, and what is left of the journal after it. */
export interface Case {
  readonly step: number;
  readonly point: Point;
  /** The entries after the last one that was synced are lost as well, as in a power cut. */
  readonly powerCut: boolean;
}

/** A scenario as it is before the job, and what is true after each step of an undisturbed one. */
export interface Ready {
  readonly scenario: Scenario;
  readonly root: string;
  /** From none to all of the steps. */
  readonly truths: readonly Truth[];
}

/** What a power cut may lose was written after a step was begun. */
export const losable: ReadonlySet<Point> = new Set([
  'middle',
  'applied',
  'confirmed',
  'done',
  'undo-middle',
  'undo-applied',
  'undone',
] as const);

/** Every point of every step, with and without a power cut. */
export function casesOf({ lanes }: Scenario): readonly Case[] {
  const steps = lanes.reduce((all, { phases }) => all + phases.length, 0);
  const points = [...forwards, ...backwards].filter((point) => !point.endsWith('inside'));
  return Array.from({ length: steps }, (_, step) =>
    points.flatMap((point) => [
      { step, point, powerCut: false },
      ...(losable.has(point) ? [{ step, point, powerCut: true }] : []),
    ]),
  ).flat();
}

export async function makeReady(scenario: Scenario, scratch: string): Promise<Ready> {
  const root = join(scratch, scenario.name);
  mkdirSync(join(root, 'data'), { recursive: true });
  mkdirSync(join(root, 'machines'));
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  await scenario.prepare({ database, machines: join(root, 'machines') });
  database.close();
  const run = join(scratch, `${scenario.name}-undisturbed`);
  cpSync(root, run, { recursive: true });
  const truths: Truth[] = [];
  const open = openJobs(run, scenario, (kind) =>
    watched(kind, async () => {
      truths.push(await scenario.truth(open));
    }),
  );
  const id = await startJob(open, scenario);
  expect((await open.jobs.ended(id)).state.state).toBe('done');
  truths.push(await scenario.truth(open));
  await open.close();
  return { scenario, root, truths };
}

/** Calls back before each step. */
function watched(kind: JobKind, onStep: () => Promise<void>): JobKind {
  const seen = new Set<string>();
  return {
    ...kind,
    phases: kind.phases.map((phase) => ({
      ...phase,
      async probe(context, params) {
        const key =
          'lane' in context ? `${context.lane} ${phase.id} ${JSON.stringify(params)}` : '';
        if (key !== '' && !seen.has(key)) await onStep();
        if (key !== '') seen.add(key);
        return await phase.probe(context, params);
      },
    })),
  };
}

/**
 * Kills a process there and starts another on what is left: the job goes on to its end and is then
 * undone, and on a second copy it is undone at once. False: nothing led to that point.
 */
export async function killAndGoOn(ready: Ready, each: Case): Promise<boolean> {
  const { scenario, root } = ready;
  const dead = `${root}-${each.step}-${each.point}${each.powerCut ? '-power' : ''}`;
  cpSync(root, dead, { recursive: true });
  const met = await die(dead, scenario.name, each);
  try {
    if (!met) return false;
    if (each.powerCut) loseWhatWasNotSynced(dead);
    await goOn(ready, each, copyOf(dead, 'on'));
    await undoAtOnce(ready, copyOf(dead, 'undo'));
    return true;
  } finally {
    rmSync(dead, { recursive: true, force: true });
    for (const name of ['on', 'undo']) rmSync(`${dead}-${name}`, { recursive: true, force: true });
  }
}

function die(root: string, scenario: string, { step, point }: Case): Promise<boolean> {
  const args = [child, root, scenario, String(step), point];
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  running.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  return new Promise((resolve, reject) => {
    running.on('close', (code, signal) => {
      if (signal === 'SIGKILL') resolve(true);
      else if (said === 'not met') resolve(false);
      else reject(new Error(`The child ended with ${code ?? signal} at ${point} of step ${step}.`));
    });
  });
}

export function loseWhatWasNotSynced(root: string): void {
  const log = join(root, 'data', 'rackhelm.sqlite-wal');
  truncateSync(log, Number(readFileSync(join(root, 'synced'), 'utf8')));
  rmSync(join(root, 'data', 'rackhelm.sqlite-shm'), { force: true });
}

function copyOf(root: string, name: string): string {
  cpSync(root, `${root}-${name}`, { recursive: true });
  return `${root}-${name}`;
}

async function goOn(ready: Ready, each: Case, root: string): Promise<void> {
  const { scenario, truths } = ready;
  await withJob(ready, root, async (open, job) => {
    journalKnows(await scenario.truth(open), { job, truths, each });
    if (job.state.state === 'interrupted') {
      await open.jobs.resume(job.id, { attended: false });
      const ended = await open.jobs.ended(job.id);
      expect(ended.state).toMatchObject({ state: 'done' });
      // Neither less nor twice.
      expect(await scenario.truth(open)).toEqual(truths.at(-1));
      await undo(ready, open, job.id);
    }
  });
}

async function undoAtOnce(ready: Ready, root: string): Promise<void> {
  await withJob(ready, root, async (open, job) => {
    if (job.state.state !== 'undone') await undo(ready, open, job.id);
    expect(await ready.scenario.truth(open)).toEqual(ready.truths[0]);
  });
}

async function undo({ scenario, truths }: Ready, open: OpenJob, id: string): Promise<void> {
  await open.jobs.undo(id, { attended: false });
  expect((await open.jobs.ended(id)).state).toMatchObject({ state: 'undone' });
  expect(await scenario.truth(open)).toEqual(truths[0]);
}

async function withJob(
  { scenario }: Ready,
  root: string,
  work: (open: OpenJob, job: JobPage) => Promise<void>,
): Promise<void> {
  expect(existsSync(join(root, 'data'))).toBe(true);
  const open = openJobs(root, scenario);
  try {
    await open.jobs.adopt({ resume: true });
    const [row] = open.jobs.list(firstJob).rows;
    if (!row) throw new Error('The journal knows of no job.');
    await work(open, open.jobs.get(row.id));
  } finally {
    await open.close();
  }
}

const firstJob = { states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 1 };

/** Of a step that the journal does not hold for begun nothing stands on the machines. */
function journalKnows(
  truth: Truth,
  { job, truths, each }: { job: JobPage; truths: readonly Truth[]; each: Case },
): void {
  const steps = job.lanes.flatMap((lane) => lane.steps);
  const begun = steps.filter(({ state }) => mayStand(state));
  const sure = begun.every(({ state }) => state.state === 'done');
  if (sure && !each.point.startsWith('und')) {
    expect([each, truth]).toEqual([each, truths[begun.length]]);
  }
  // What undo needs was kept of each that may stand, or it was never begun.
  expect(begun.length).toBeGreaterThanOrEqual(stepsThatShow(truth, truths));
}

/** How many steps, counted from the first, left something that can be seen. */
function stepsThatShow(truth: Truth, truths: readonly Truth[]): number {
  const at = truths.findIndex((one) => JSON.stringify(one) === JSON.stringify(truth));
  return Math.max(at, 0);
}
