import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { openDatabase } from '../../../electron/host/db/index.ts';
import type { JobPage } from '../../../shared/jobs/job.ts';
import { mayStand } from '../../../shared/jobs/step-state.ts';
import type { Rack } from '../../rack/index.ts';
import { backwards, forwards, type Point } from './deadly.ts';
import { losable, loseWhatWasNotSynced } from './kill.ts';
import { type NodePlace, type OpenNodeJobs, openNodeJobs, startNodeJob } from './node-jobs.ts';
import { lanesOf, type NodeScenario } from './node-scenario.ts';
import { differences, diskOf, inventoryOf, type NodeTruth, stateOf } from './node-truth.ts';

/** On a computer that has much else to do. */
const longestMs = 180_000;
const child = new URL('./node-child.ts', import.meta.url).pathname;

/** One end of a process, and how it goes on afterwards. */
export interface NodeCase {
  readonly point: Point;
  /** Of the calls to the machine, where the point is one of many. */
  readonly call: number;
  readonly powerCut: boolean;
  /** `on`: to its end, and then it is undone. `undo`: at once. */
  readonly next: 'on' | 'undo';
}

export const nameOfCase = ({ point, call, powerCut, next }: NodeCase) =>
  `${point}${isOneOfMany(point) ? ` ${call}` : ''}${powerCut ? ' and a power cut' : ''}, then ${next}`;

export const isOneOfMany = (point: Point) => /middle|inside/.test(point);

/**
 * Every point: gone on from with the journal as it was, and undone where a power cut took the last of it.
 * Of many calls the first.
 */
export function nodeCases(): readonly NodeCase[] {
  return [...forwards, ...backwards].flatMap((point) => {
    const powerCut = losable.has(point) || point.endsWith('inside');
    return [
      { point, call: 1, powerCut: false, next: 'on' },
      { point, call: 1, powerCut, next: 'undo' },
    ] as const;
  });
}

/** Node and inventory before the job and after it, undisturbed. */
export interface NodeReady extends NodePlace {
  readonly before: NodeTruth;
  readonly after: NodeTruth;
}

export async function readyNode(
  rack: Rack,
  scenario: NodeScenario,
  scratch: string,
): Promise<NodeReady> {
  const root = join(scratch, scenario.name.replaceAll(' ', '-'));
  mkdirSync(join(root, 'data'), { recursive: true });
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  knowKeys(database, rack);
  await scenario.prepare?.(rack, database);
  database.close();
  const place = { root: copyOf(root, 'undisturbed'), rack, scenario };
  const open = openNodeJobs(place);
  try {
    const before = await truthOf(place, open);
    const id = await startNodeJob(open, place, await lanesOf(scenario, rack, open.database));
    const { state } = await open.jobs.ended(id);
    expect(state, JSON.stringify(state)).toMatchObject({ state: 'done' });
    const after = await truthOf(place, open);
    expect(differences(before, after)).not.toEqual([]);
    const ready = { rack, scenario, root, before, after };
    await undo(ready, open, id);
    return ready;
  } finally {
    await open.close();
  }
}

/** As the rack was made with them. */
function knowKeys(database: ReturnType<typeof openDatabase>, rack: Rack): void {
  for (const line of readFileSync(rack.knownHostsFile, 'utf8').trim().split('\n')) {
    const [hosts = '', type = '', blob = ''] = line.split(' ');
    for (const host of hosts.split(',')) {
      database.hostKeys.record({ host, type, blob, seenAt: 0 }, { replace: false });
    }
  }
}

/** False: nothing led to that point. */
export async function killOnNode(ready: NodeReady, each: NodeCase): Promise<boolean> {
  const dead = `${ready.root}-dead`;
  rmSync(dead, { recursive: true, force: true });
  cpSync(ready.root, dead, { recursive: true });
  const place = { ...ready, root: dead };
  await ready.scenario.again?.(ready.rack);
  if (!(await die(place, each))) return false;
  if (each.powerCut) loseWhatWasNotSynced(dead);
  const open = openNodeJobs(place);
  try {
    await open.jobs.adopt({ resume: true });
    const [row] = open.jobs.list(firstJob).rows;
    if (!row) throw new Error('The journal knows of no job.');
    const job = open.jobs.get(row.id);
    await journalKnows(ready, open, job);
    if (each.next === 'on' && job.state.state === 'interrupted') {
      await open.jobs.resume(job.id, { attended: false });
      const ended = await open.jobs.ended(job.id);
      // Taken back all the same, so that the next case finds the node as this one did.
      const wrong = await stands(ready, open, 'after').catch((error: unknown) => error);
      await undo(ready, open, job.id);
      expect(ended.state, JSON.stringify(ended.state)).toMatchObject({ state: 'done' });
      expect(wrong).toBeUndefined();
    } else if (job.state.state !== 'undone') await undo(ready, open, job.id);
    else await stands(ready, open, 'before');
    return true;
  } finally {
    await open.close();
  }
}

const firstJob = { states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 1 };

function die({ root, rack, scenario }: NodePlace, { point, call }: NodeCase): Promise<boolean> {
  const args = [child, root, rack.name, scenario.name, point, String(call)];
  const running = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Hundreds of them start, each with the same code.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '..', 'compiled') },
  });
  let said = '';
  const late = setTimeout(() => {
    said = 'It did not come to its end.';
    running.kill('SIGTERM');
  }, longestMs);
  running.stdout.on('data', (piece: Buffer) => {
    said += piece.toString();
  });
  return new Promise((resolve, reject) => {
    running.on('close', (code, signal) => {
      clearTimeout(late);
      if (signal === 'SIGKILL') resolve(true);
      else if (said === 'not met') resolve(false);
      else reject(new Error(`The child ended with ${code ?? signal} at ${point} ${call}. ${said}`));
    });
  });
}

async function undo(ready: NodeReady, open: OpenNodeJobs, id: string): Promise<void> {
  await open.jobs.undo(id, { attended: false });
  const { state } = await open.jobs.ended(id);
  expect(state, JSON.stringify(state)).toMatchObject({ state: 'undone' });
  await stands(ready, open, 'before');
}

/** Of a step that the journal does not hold for begun nothing stands. */
async function journalKnows(ready: NodeReady, open: OpenNodeJobs, job: JobPage): Promise<void> {
  const begun = job.lanes.flatMap(({ steps }) => steps).some(({ state }) => mayStand(state));
  if (!begun) await stands(ready, open, 'before', /^var\/lib\/rackhelm(\/lock\b.*)?$/);
}

async function truthOf({ rack, scenario }: NodePlace, open: OpenNodeJobs): Promise<NodeTruth> {
  const { node } = scenario;
  return new Map([
    ...diskOf(rack, node),
    ...(await stateOf(rack, node)),
    ...inventoryOf(open.database),
  ]);
}

/** Services and sessions that end take a moment for it. */
async function stands(
  ready: NodeReady,
  open: OpenNodeJobs,
  as: 'before' | 'after',
  allowed?: RegExp,
): Promise<void> {
  const byChance = as === 'after' ? ready.scenario.byChance : undefined;
  let left: string[] = [];
  for (let tries = 0; tries < 60; tries += 1) {
    if (as === 'before') await ready.scenario.again?.(ready.rack);
    left = differences(ready[as], await truthOf(ready, open), byChance);
    const except = as === 'after' ? (allowed ?? ready.scenario.unsteady) : allowed;
    left = left.filter((one) => !except?.test(one.split(': ')[0] ?? ''));
    if (left.length === 0) return;
    await pause(200);
  }
  throw new Error(`It is not as ${as} the job: ${left.join('; ')}`);
}

function copyOf(root: string, name: string): string {
  cpSync(root, `${root}-${name}`, { recursive: true });
  return `${root}-${name}`;
}
