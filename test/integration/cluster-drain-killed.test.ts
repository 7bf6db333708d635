import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { JobPage } from '../../shared/jobs/job.ts';
import { mayStand } from '../../shared/jobs/step-state.ts';
import { deployment, describeCluster, until } from '../cluster/index.ts';
import { backwards, forwards, type Point } from './kill/deadly.ts';
import { knowCluster, node, type OpenDrain, openDrain } from './kill/drain-jobs.ts';
import { losable, loseWhatWasNotSynced } from './kill/kill.ts';
import { makeScratch } from './scratch.ts';

const child = new URL('./kill/drain-child.ts', import.meta.url).pathname;

/** `npm run test:slow`: all of them. Else some ends in the middle of each step. */
const whole = process.env.RACKHELM_SLOW === '1';
const few: readonly string[] = ['0 middle', '0 undo-applied', '1 middle', '1 confirmed'];

interface Case {
  readonly step: number;
  readonly point: Point;
  readonly powerCut: boolean;
  /** `on`: to its end, and then it is undone. `undo`: at once. */
  readonly next: 'on' | 'undo';
}

const cases = [0, 1]
  .flatMap((step) =>
    [...forwards, ...backwards].flatMap((point): Case[] => [
      { step, point, powerCut: false, next: 'on' },
      { step, point, powerCut: losable.has(point), next: 'undo' },
    ]),
  )
  .filter(({ step, point }) => whole || few.includes(`${step} ${point}`));

const nameOf = ({ step, point, powerCut, next }: Case) =>
  `${step} ${point}${powerCut ? ' and a power cut' : ''}, then ${next}`;

/** An eviction is never taken back, and what is inside of a request may be too quick. */
const mayBeUnmet = /inside|^1 und/;

describeCluster('a host that is killed while it drains a node', { nodes: 2 }, (cluster) => {
  let scratch: string;
  let root: string;
  beforeAll(async () => {
    scratch = makeScratch('killed-drain', { inMemory: true });
    root = join(scratch, 'before');
    mkdirSync(join(root, 'data'), { recursive: true });
    knowCluster(root);
    const nodeSelector = { 'kubernetes.io/hostname': node };
    // They can be nowhere else: what is undone brings them back by itself.
    await cluster().apply([deployment('web', { namespace: 'default', replicas: 2, nodeSelector })]);
    await stands('before');
  });
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));

  const truth = async () => {
    const { spec } = await cluster().api.must('GET', `/api/v1/nodes/${node}`);
    const cordoned = (spec as { unschedulable?: boolean }).unschedulable === true;
    const path = `/api/v1/namespaces/default/pods?fieldSelector=spec.nodeName%3D${node}`;
    const { items } = await cluster().api.must('GET', path);
    const pods = (items as { metadata: { uid: string; deletionTimestamp?: string } }[])
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ metadata }) => metadata.uid);
    return { cordoned, pods };
  };
  const stands = (as: 'before' | 'after') =>
    until(`it stands as ${as} the drain`, async () => {
      const { cordoned, pods } = await truth();
      return as === 'before' ? !cordoned && pods.length === 2 : cordoned && pods.length === 0;
    });

  /** False: nothing led to that point. */
  async function kill(each: Case): Promise<boolean> {
    const dead = join(scratch, 'dead');
    rmSync(dead, { recursive: true, force: true });
    cpSync(root, dead, { recursive: true });
    const { pods } = await truth();
    if (!(await die(dead, cluster().adminKubeconfig, each))) return false;
    if (each.powerCut) loseWhatWasNotSynced(dead);
    const open = await openDrain(dead, cluster().adminKubeconfig);
    try {
      await open.jobs.adopt({ resume: true });
      const [row] = open.jobs.list(firstJob).rows;
      if (!row) throw new Error('The journal knows of no job.');
      const job = open.jobs.get(row.id);
      const begun = job.lanes.flatMap(({ steps }) => steps).some(({ state }) => mayStand(state));
      // Of a step that the journal does not hold for begun nothing stands.
      if (!begun && job.state.state !== 'undone')
        expect(await truth()).toEqual({ cordoned: false, pods });
      await goOn(open, job, each);
      return true;
    } finally {
      await open.close();
    }
  }

  async function goOn({ jobs }: OpenDrain, { id, state }: JobPage, { next }: Case): Promise<void> {
    if (next === 'on' && state.state === 'interrupted') {
      await jobs.resume(id, { attended: false });
      const ended = await jobs.ended(id);
      expect(ended.state, JSON.stringify(ended.state)).toMatchObject({ state: 'done' });
      await stands('after');
    }
    if (jobs.get(id).state.state !== 'undone') {
      await jobs.undo(id, { attended: false });
      const ended = await jobs.ended(id);
      expect(ended.state, JSON.stringify(ended.state)).toMatchObject({ state: 'undone' });
    }
    await stands('before');
  }

  it('goes on or lets the node take pods again, and knows all that stands', async () => {
    const [failed, unmet]: [string[], string[]] = [[], []];
    for (const each of cases) {
      try {
        if (!(await kill(each))) unmet.push(nameOf(each));
      } catch (error) {
        failed.push(`${nameOf(each)}: ${String(error)}`);
        await cluster().kubectl(['uncordon', node]);
        await stands('before');
      }
    }
    process.stdout.write(
      `drain: killed ${cases.length - unmet.length} times; not met: ${unmet.join('; ') || 'none'}.\n`,
    );
    expect(failed).toEqual([]);
    expect(unmet.filter((name) => !mayBeUnmet.test(name))).toEqual([]);
  }, 1_800_000);
});

const firstJob = { states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 1 };

function die(root: string, kubeconfig: string, { step, point }: Case): Promise<boolean> {
  const args = [child, root, kubeconfig, String(step), point];
  const running = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    // Many of them start, each with the same code.
    env: { ...process.env, NODE_COMPILE_CACHE: join(root, '..', 'compiled') },
  });
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
