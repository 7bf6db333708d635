import { beforeEach, describe, expect, it } from 'vitest';
import {
  contextOf,
  runsThrough,
  standsEveryBreak,
} from '../../../engine/phases/trial/break-off.ts';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { k3sMachine as node, unit } from '../trial/k3s-machine.ts';
import { TrialCluster } from '../trial/trial-cluster.ts';
import { deleteMemberPhase } from './delete-member.ts';
import { deleteNodePhase } from './delete-node.ts';
import { keepVolumesPhase } from './keep-volumes.ts';
import type { LeaveNeeds } from './leave-guard.ts';
import { stopK3sPhase } from './stop-k3s.ts';
import { uninstallK3sPhase } from './uninstall-k3s.ts';

const id = '0190a000-0000-7000-8000-000000000001';
const at = (node: string) => ({
  contextId: id,
  clusterId: id,
  where: 'lab',
  node,
  uid: `uid-${node}`,
});

let cluster: TrialCluster;
let needs: LeaveNeeds;
let others: { id: string; title: string; state: object }[];

beforeEach(() => {
  cluster = new TrialCluster();
  for (const name of ['x86-1', 'x86-2', 'x86-3']) cluster.node(name, { role: 'server' });
  others = [];
  needs = {
    clientOf: () => cluster.client,
    jobs: {
      list: () => ({ rows: others, total: others.length, kinds: [] }) as never, // the parts that are asked
      input: () => ({ clusterId: id }),
      isOver: () => false,
      get: () => ({ state: { state: 'running', startedAt: 100 } }),
    },
    leaveTimes: { stepMs: 1, answerMs: 20, goneMs: 50 },
  };
});

describe('stopping K3s', () => {
  const params = { ...at('x86-1'), service: 'k3s', init: 'systemd' } as const;

  it('is brought back, and stands every break', async () => {
    const phase = stopK3sPhase(needs);
    await runsThrough({ phase, params, node });
    expect(await standsEveryBreak({ phase, params, node })).toBeGreaterThan(2);
  });

  it('has nothing to undo once K3s is uninstalled', async () => {
    const one = node();
    one.drop([unit]);
    const { standing, found } = await stopK3sPhase(needs).probe(contextOf(one.machine), params);
    expect({ standing, found }).toEqual({
      standing: 'absent',
      found: 'k3s is not installed there.',
    });
  });

  it('is refused where the others would have no majority by now', async () => {
    cluster.node('x86-2', { role: 'server', ready: false });
    const one = node();
    await expect(
      stopK3sPhase(needs).apply(contextOf(one.machine), params, { enabled: true, running: true }),
    ).rejects.toMatchObject({ code: 'QUORUM_GUARDED' });
    expect(one.state.active).toBe('active');
  });

  it('waits for no other work of the cluster: the one that began first goes on', async () => {
    others = [{ id: 'a', title: 'Drain x86-3', state: { state: 'running', startedAt: 1 } }];
    await expect(
      stopK3sPhase(needs).apply(contextOf(node().machine), params, {
        enabled: true,
        running: true,
      }),
    ).rejects.toMatchObject({ code: 'CLUSTER_BUSY' });
  });
});

describe('a member of etcd', () => {
  const apply = (name: string) =>
    deleteMemberPhase(needs).apply(contextOf(node().machine), at(name), {});
  const standing = async (name: string) =>
    (await deleteMemberPhase(needs).probe(contextOf(node().machine), at(name))).standing;

  it('is taken off the list by the controllers of K3s, and its node stays', async () => {
    expect(await standing('x86-2')).toBe('absent');
    await apply('x86-2');
    expect(cluster.deeds).toEqual(['patch nodes x86-2']);
    expect(await standing('x86-2')).toBe('present');
  });

  it('goes with its node where K3s is too old to know the mark', async () => {
    cluster.removesMembers = false;
    await apply('x86-2');
    expect(cluster.deeds).toEqual(['patch nodes x86-2', 'delete nodes x86-2']);
    expect(await standing('x86-2')).toBe('present');
  });

  it('stays where of two servers neither is taken off the list, since the other would decide nothing', async () => {
    cluster.removesMembers = false;
    cluster.node('x86-3');
    await expect(apply('x86-2')).rejects.toMatchObject({ code: 'STEP_NOT_DONE' });
    // The mark is taken back: nobody shall answer to it later.
    expect(cluster.deeds).toEqual(['patch nodes x86-2', 'patch nodes x86-2']);
    const { annotations } = cluster.object('nodes', 'x86-2')?.metadata ?? {};
    expect(annotations?.['etcd.k3s.cattle.io/remove'] ?? null).toBeNull();
    expect(await standing('x86-2')).toBe('absent');
  });

  it('is not gone on from while the API is not ready after it', async () => {
    cluster.onDeed = () => {
      cluster.ready = false;
    };
    await expect(apply('x86-2')).rejects.toMatchObject({
      code: 'STEP_NOT_DONE',
      message: expect.stringContaining('does not get ready'),
    });
  });

  it('is not touched where another of its name stands there by now', async () => {
    cluster.put('nodes', {
      ...cluster.object('nodes', 'x86-2'),
      metadata: { name: 'x86-2', uid: 'other', labels: { 'node-role.kubernetes.io/etcd': 'true' } },
    });
    expect(await standing('x86-2')).toBe('present');
    await expect(apply('x86-2')).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(cluster.deeds).toEqual([]);
  });
});

describe('a node', () => {
  const secret = 'pi-1.node-password.k3s';
  beforeEach(() => {
    cluster.node('pi-1');
    cluster.put('secrets', { metadata: { name: secret } });
  });
  const phase = () => deleteNodePhase(needs);
  const probe = async () => (await phase().probe(contextOf(node().machine), at('pi-1'))).standing;

  it('is deleted with the password that would keep it out for ever', async () => {
    expect(await probe()).toBe('absent');
    await phase().apply(contextOf(node().machine), at('pi-1'), {});
    expect(cluster.has('nodes', 'pi-1') || cluster.has('secrets', secret)).toBe(false);
    expect(await probe()).toBe('present');
  });

  it('that went alone is not done: its password is still kept', async () => {
    cluster.drop('nodes', 'pi-1');
    expect(await probe()).toBe('partly');
    await phase().apply(contextOf(node().machine), at('pi-1'), {});
    expect(await probe()).toBe('present');
  });

  it('that is held by a finalizer fails in words', async () => {
    cluster.onDeed = (deed) => {
      if (deed === 'delete nodes pi-1') cluster.node('pi-1');
    };
    await expect(phase().apply(contextOf(node().machine), at('pi-1'), {})).rejects.toMatchObject({
      code: 'STEP_NOT_DONE',
      hint: expect.stringContaining('finalizers'),
    });
  });
});

describe('local volumes', () => {
  const params = { node: 'x86-1', to: '/var/lib/k3s-volumes-2026-11-30-101500' };

  it('are set aside whole, and brought back', async () => {
    const { node: one } = await runsThrough({ phase: keepVolumesPhase, params, node });
    expect(one.has('/var/lib/rancher/k3s/storage/pvc-1/data')).toBe(true);
    expect(await standsEveryBreak({ phase: keepVolumesPhase, params, node })).toBeGreaterThan(2);
  });
});

describe('uninstalling K3s', () => {
  const params = { ...at('x86-1'), service: 'k3s', init: 'systemd', volumes: ['pvc-1'] } as const;
  const uninstall = async (one: TrialNode, given: Partial<{ volumes: string[] }> = {}) =>
    uninstallK3sPhase(needs).apply(
      contextOf(one.machine),
      { ...params, volumes: [...params.volumes], ...given },
      {},
    );

  it.each([false, true])(
    'leaves nothing of it and everything else (its own script: %s)',
    async (script) => {
      const one = node({ script });
      await uninstall(one);
      expect(one.machine.files.paths()).toEqual(['/home/me/notes']);
      expect(one.ran.includes('sh /usr/local/bin/k3s-uninstall.sh')).toBe(script);
    },
  );

  it('goes on where it was broken off, and is not taken for done', async () => {
    const given = { ...params, volumes: [...params.volumes] };
    expect(
      await standsEveryBreak({
        phase: uninstallK3sPhase(needs),
        params: given,
        node: () => node({ script: true }),
      }),
    ).toBeGreaterThan(4);
  });

  it('does not begin where a volume has come that nobody was shown', async () => {
    const local = {
      nodeSelectorTerms: [
        {
          matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['x86-1'] }],
        },
      ],
    };
    cluster.put('persistentvolumes', {
      metadata: { name: 'pvc-2' },
      spec: {
        local: { path: '/var/lib/rancher/k3s/storage/pvc-2' },
        nodeAffinity: { required: local },
      },
    });
    const one = node();
    await expect(uninstall(one)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
      message: expect.stringContaining('pvc-2'),
    });
    expect(one.has(unit)).toBe(true);
  });
});
