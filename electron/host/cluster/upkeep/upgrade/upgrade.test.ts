import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { usualDrain } from '../../../../../shared/cluster/drain/options.ts';
import type { UpgradeWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { contextOf, runsThrough } from '../../../engine/phases/trial/break-off.ts';
import { etcdSnapshotPhase } from '../snapshots/etcd-snapshot.ts';
import { k3sMachine, sumOf } from '../trial/k3s-machine.ts';
import { upkeepBed } from '../trial/upkeep-bed.ts';

const old = 'v1.36.2+k3s1';
const next = 'v1.37.0+k3s1';
// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

let bed: ReturnType<typeof upkeepBed>;
/** In which order nodes came up with which version. */
let started: string[];
/** Nodes on which the new version does not start. */
let broken: Set<string>;
let onStarted: () => void;

function add(name: string, role: 'server' | 'agent') {
  bed.cluster.node(name, { role, version: old });
  bed.member(name, role === 'server' ? 'control-plane' : 'worker');
  bed.machines.set(
    name,
    k3sMachine({
      fetched: next,
      files: { '/usr/local/bin/k3s': old },
      onStart: (version) => {
        if (version === next && broken.has(name)) return;
        started.push(`${name} ${version}`);
        bed.cluster.node(name, { role, version });
        onStarted();
      },
    }),
  );
}

beforeEach(() => {
  bed = upkeepBed({
    fetchText: async (url) =>
      url.endsWith('/channels')
        ? JSON.stringify({ data: [{ id: 'stable', latest: next }] })
        : `${sumOf(next)}  k3s-arm64\n`,
  });
  started = [];
  broken = new Set();
  onStarted = () => {};
  for (const name of ['x86-1', 'x86-2', 'x86-3']) add(name, 'server');
  add('pi-1', 'agent');
});
afterEach(() => bed.close());

const upgrade = (over: Partial<UpgradeWork> = {}): UpgradeWork => ({
  ...{ kind: 'upgrade', version: next, nodes: [], drain: false, drainOptions: usualDrain },
  source: { from: 'network' },
  ...over,
});
const stops = async (work: UpgradeWork) =>
  (await bed.plan(work)).findings
    .filter(({ weight }) => weight === 'stop')
    .map(({ says }) => says)
    .join(' ');
const versions = () =>
  ['x86-1', 'x86-2', 'x86-3', 'pi-1'].map(
    (name) =>
      (bed.cluster.object('nodes', name) as { status?: { nodeInfo?: { kubeletVersion?: string } } })
        .status?.nodeInfo?.kubeletVersion,
  );
const snapshotsOf = (name: string) => bed.machines.get(name)?.state.snapshots;

describe('an upgrade', () => {
  it('takes a snapshot, then goes server by server and through the agents', async () => {
    expect((await bed.run(upgrade())).state.state).toBe('done');
    expect(started).toEqual(['x86-1', 'x86-2', 'x86-3', 'pi-1'].map((name) => `${name} ${next}`));
    expect(snapshotsOf('x86-1')).toEqual([expect.stringMatching(/^before-upgrade-/)]);
    expect(snapshotsOf('x86-2')).toEqual([]);
  });

  it('to what a channel has now', async () => {
    expect((await bed.plan(upgrade({ version: 'stable' }))).title).toBe(`Upgrade lab to ${next}`);
  });

  it('stops at the node that does not come back, with what K3s says, and goes back where it is undone', async () => {
    broken.add('x86-2');
    const { id, state } = await bed.run(upgrade());
    expect(state).toMatchObject({ state: 'failed', error: { code: 'NODE_NOT_BACK' } });
    expect(versions()).toEqual([next, old, old, old]);
    const { lines } = await bed.jobs.log(id, { stepId: null, after: null, search: '', limit: 500 });
    expect(lines.map(({ text }) => text).join('\n')).toContain('it does not start');
    expect((await bed.undo(id)).state.state).toBe('undone');
    expect(versions()).toEqual([old, old, old, old]);
    expect(started.at(-1)).toBe(`x86-1 ${old}`);
  });

  it('goes back also where the only server does not come up, so that no API answers', async () => {
    for (const name of ['x86-2', 'x86-3', 'pi-1']) bed.cluster.drop('nodes', name);
    broken.add('x86-1');
    const { id, state } = await bed.run(upgrade());
    expect(state.state).toBe('failed');
    bed.cluster.away = true;
    onStarted = () => {
      bed.cluster.away = false;
    };
    expect((await bed.undo(id)).state.state).toBe('undone');
    expect(started).toEqual([`x86-1 ${old}`]);
  });

  it('does not go on to the next node where workloads lack more than before', async () => {
    const web = (available: number) =>
      bed.cluster.put('deployments', {
        metadata: { name: 'web', namespace: 'shop' },
        spec: { replicas: 3 },
        status: { availableReplicas: available },
      });
    web(2);
    onStarted = () => web(1);
    const { state } = await bed.run(upgrade());
    expect(state).toMatchObject({
      state: 'failed',
      error: { code: 'CLUSTER_UNWELL', message: expect.stringContaining('shop/web lacks 2 pods') },
    });
    expect(started).toEqual([`x86-1 ${next}`]);
  });

  it('empties each node first where that is asked for, and lets it take pods again', async () => {
    expect((await bed.run(upgrade({ drain: true }))).state.state).toBe('done');
    const patched = bed.cluster.deeds.filter((deed) => deed === 'patch nodes x86-2');
    expect(patched).toHaveLength(2);
    expect(bed.cluster.object('nodes', 'x86-2')).not.toMatchObject({
      spec: { unschedulable: true },
    });
  });

  it('copies the database of a cluster on SQLite instead', async () => {
    for (const name of ['x86-1', 'x86-2', 'x86-3']) bed.cluster.drop('nodes', name);
    bed.cluster.node('x86-1', { role: 'sqlite', version: old });
    bed.machines.get('x86-1')?.drop(['/var/lib/rancher/k3s/server/db/etcd']);
    bed.machines.get('x86-1')?.make('/var/lib/rancher/k3s/server/db/state.db');
    const { id, state } = await bed.run(upgrade());
    expect(state.state).toBe('done');
    const copies = () =>
      bed.machines
        .get('x86-1')
        ?.machine.files.paths()
        .filter((path) => path.includes('k3s-before'));
    expect(copies()).toEqual([expect.stringMatching(/^\/var\/lib\/k3s-before-.*\/state\.db$/)]);
    expect((await bed.undo(id)).state.state).toBe('undone');
    expect(copies()).toEqual([]);
  });
});

describe('what stands against an upgrade', () => {
  it.each([
    ['a minor that is left out', { version: 'v1.38.0+k3s1' }, 'no minor version'],
    ['agents before servers', { nodes: ['pi-1'] }, 'Upgrade the servers first'],
  ])('is %s', async (_, over, says) => {
    expect(await stops(upgrade(over))).toContain(says);
  });

  it('is a processor that K3s is not built for', async () => {
    bed.cluster.node('pi-1', { version: old, architecture: 'riscv64' });
    expect(await stops(upgrade())).toContain('no binary for riscv64');
  });

  it('is a server that does not answer', async () => {
    bed.cluster.node('x86-3', { role: 'server', version: old, ready: false });
    expect(await stops(upgrade())).toContain('x86-3 does not answer');
  });

  it('is a machine that nobody reaches', async () => {
    bed.machines.delete('pi-1');
    expect(await stops(upgrade())).toContain('The machine of pi-1 is not reached');
  });

  it('is a binary that lies elsewhere, since another one beside it would change nothing', async () => {
    Object.assign(bed.machines.get('pi-1')?.state ?? {}, { elsewhere: true });
    expect(await stops(upgrade())).toContain('K3s of pi-1 does not run from');
  });

  it('is that two servers cannot do without one of them', async () => {
    bed.cluster.drop('nodes', 'x86-3');
    expect(await stops(upgrade())).toContain('nothing could be decided');
  });
});

describe('a snapshot', () => {
  const params = { node: 'x86-1', name: 'by-hand' };

  it('is taken, known again, and deleted where it is undone', async () => {
    await runsThrough({ phase: etcdSnapshotPhase, params, node: () => k3sMachine() });
  });

  it('is taken on a server that is well, as a job', async () => {
    bed.cluster.node('x86-1', { role: 'server', version: old, ready: false });
    const { state } = await bed.run({ kind: 'snapshot', server: null, name: 'by-hand' });
    expect(state.state).toBe('done');
    // Another one of the same name is another one.
    await bed.run({ kind: 'snapshot', server: 'x86-2', name: 'by' });
    expect(snapshotsOf('x86-2')).toHaveLength(2);
  });

  it('is refused where there is no etcd, with what to do instead', async () => {
    for (const name of ['x86-1', 'x86-2', 'x86-3']) bed.cluster.drop('nodes', name);
    bed.cluster.node('x86-1', { role: 'sqlite' });
    const { findings, stopped } = await bed.plan({ kind: 'snapshot', server: null, name: 'x' });
    expect(stopped).toBe(true);
    expect(findings[0]?.says).toContain('server/token');
  });

  it('that cannot be listed is not taken for absent', async () => {
    const one = k3sMachine();
    one.machine.answer('k3s etcd-snapshot ls', () => ({ stdout: '', exitCode: 1 }));
    const { standing } = await etcdSnapshotPhase.probe(contextOf(one.machine), params);
    expect(standing).toBe('unknown');
  });
});
