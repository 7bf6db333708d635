import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { k3sMachine, unit } from '../trial/k3s-machine.ts';
import { leaving, upkeepBed } from '../trial/upkeep-bed.ts';

// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

let bed: ReturnType<typeof upkeepBed>;

beforeEach(() => {
  bed = upkeepBed();
  for (const name of ['x86-1', 'x86-2', 'x86-3']) {
    bed.cluster.node(name, { role: 'server' });
    bed.member(name, 'control-plane');
    bed.machines.set(name, k3sMachine());
  }
});
afterEach(() => bed.close());

const volume = (node: string) => ({
  metadata: { name: 'pvc-1' },
  spec: {
    claimRef: { namespace: 'shop', name: 'data' },
    local: { path: '/var/lib/rancher/k3s/storage/pvc-1' },
    nodeAffinity: {
      required: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
        ],
      },
    },
  },
});
const stops = async (work: Parameters<typeof bed.plan>[0]) =>
  (await bed.plan(work)).findings.filter(({ weight }) => weight === 'stop');
const phasesOf = async (work: Parameters<typeof bed.plan>[0]) =>
  (await bed.plan(work)).plan?.lanes.flatMap(({ phases }) => phases.map(({ phase }) => phase));

describe('a server that leaves', () => {
  it('is stopped before its member and its node go, and the inventory is told', async () => {
    const { state, lanes } = await bed.run(leaving('x86-3'));
    expect(state).toMatchObject({ state: 'done' });
    expect(lanes[0]?.steps.map(({ plan }) => plan.phase)).toEqual([
      ...['cordon', 'evict-pods', 'stop-k3s', 'delete-member', 'delete-node'],
      ...['uninstall-k3s', 'record-leaving'],
    ]);
    expect(bed.cluster.deeds).toEqual([
      ...['patch nodes x86-3', 'patch nodes x86-3', 'delete nodes x86-3'],
    ]);
    expect(bed.machines.get('x86-3')?.has(unit)).toBe(false);
    expect(bed.members()).toEqual(['x86-1', 'x86-2']);
  });

  it('is undone as far as it goes: the inventory knows it again, what was deleted stays deleted', async () => {
    const { id } = await bed.run(leaving('x86-3'));
    const { state } = await bed.undo(id);
    expect(state).toMatchObject({ state: 'undone' });
    expect(bed.members()).toEqual(['x86-1', 'x86-2', 'x86-3']);
    expect(bed.cluster.has('nodes', 'x86-3')).toBe(false);
  });

  it('runs and takes pods again where it was undone before anything was deleted', async () => {
    bed.cluster.onDeed = (deed) => {
      // Right after it is cordoned another server dies.
      if (deed === 'patch nodes x86-3') bed.cluster.node('x86-2', { role: 'server', ready: false });
    };
    const { id, state } = await bed.run(leaving('x86-3'));
    expect(state).toMatchObject({ state: 'failed', error: { code: 'QUORUM_GUARDED' } });
    bed.cluster.onDeed = () => {};
    expect((await bed.undo(id)).state.state).toBe('undone');
    expect(bed.cluster.object('nodes', 'x86-3')).toMatchObject({ spec: { unschedulable: false } });
    expect(bed.machines.get('x86-3')?.state).toMatchObject({ active: 'active' });
  });

  it('of two is taken off the list while it runs', async () => {
    bed.cluster.drop('nodes', 'x86-1');
    const phases = (await phasesOf(leaving('x86-3'))) ?? [];
    expect(phases.indexOf('delete-member')).toBeLessThan(phases.indexOf('stop-k3s'));
    expect((await bed.run(leaving('x86-3'))).state.state).toBe('done');
  });

  it('that is the only one does not leave', async () => {
    for (const name of ['x86-1', 'x86-2']) bed.cluster.drop('nodes', name);
    expect(await stops(leaving('x86-3'))).toMatchObject([
      { says: expect.stringContaining('only server') },
    ]);
  });

  it('does not leave while another one is away', async () => {
    bed.cluster.node('x86-1', { role: 'server', ready: false });
    expect(await stops(leaving('x86-3'))).toMatchObject([{ accept: null }]);
  });
});

describe('what is lost', () => {
  it('is named, and accepted before anything is done; it is set aside unless told otherwise', async () => {
    bed.cluster.put('persistentvolumes', volume('x86-3'));
    expect(await stops(leaving('x86-3'))).toMatchObject([
      { accept: 'volumes', says: expect.stringMatching(/shop\/data.*set aside in .*do not start/) },
    ]);
    const kept = leaving('x86-3', { acceptVolumes: true });
    expect((await bed.run(kept)).state.state).toBe('done');
    const left = bed.machines.get('x86-3')?.machine.files.paths() ?? [];
    expect(left.some((path) => /^\/var\/lib\/k3s-volumes-.*\/pvc-1\/data$/.test(path))).toBe(true);
  });

  it('goes with K3s where that was chosen', async () => {
    bed.cluster.put('persistentvolumes', volume('x86-3'));
    const work = leaving('x86-3', { acceptVolumes: true, volumes: 'delete' });
    expect(await phasesOf(work)).not.toContain('keep-volumes');
    const { findings } = await bed.plan(work);
    expect(findings.map(({ says }) => says).join()).toContain('what it holds is deleted');
  });
});

describe('a machine that is not reached', () => {
  beforeEach(() => {
    bed.machines.delete('x86-3');
    bed.cluster.node('x86-3', { role: 'server', ready: false });
  });

  it('stops it until somebody says that it is gone', async () => {
    expect(await stops(leaving('x86-3'))).toMatchObject([{ accept: 'machine-gone' }]);
    const { state } = await bed.run(leaving('x86-3', { machine: 'gone' }));
    expect(state.state).toBe('done');
    expect(bed.cluster.has('nodes', 'x86-3')).toBe(false);
    expect(bed.members()).toEqual(['x86-1', 'x86-2']);
  });

  it('is not called gone as long as its node answers: it would come back', async () => {
    bed.cluster.node('x86-3', { role: 'server' });
    expect(await stops(leaving('x86-3', { machine: 'gone' }))).toMatchObject([
      { says: expect.stringContaining('it is not gone') },
    ]);
    expect(await stops(leaving('x86-3'))).toMatchObject([{ accept: null }]);
  });
});

it('runs no plan but the one that was shown', async () => {
  const { hash } = await bed.plan(leaving('x86-3'));
  await expect(
    bed.upkeep.run({ contextId: bed.contextId, hash: 'a'.repeat(64) }),
  ).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
  await bed.upkeep.run({ contextId: bed.contextId, hash });
  await expect(bed.upkeep.run({ contextId: bed.contextId, hash })).rejects.toMatchObject({
    code: 'CHANGED_SINCE',
  });
});
