import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usualDrain } from '../../shared/cluster/drain/options.ts';
import type { LeaveWork, UpgradeWork } from '../../shared/cluster/upkeep/upkeep-work.ts';
import {
  describeK3s,
  joinByHand,
  type K3sServer,
  must,
  standinVersion,
  startFirstServer,
  uninstall,
} from '../k3s/index.ts';
import { changedSince, pictureOf } from './k3s/node-picture.ts';
import { UpkeepBed } from './k3s/upkeep-bed.ts';

const whole = process.env.RACKHELM_SLOW === '1';
const next = standinVersion.replace(/\.(\d+)\+/, (_, patch) => `.${Number(patch) + 1}+`);

const leaving = (node: string, over: Partial<LeaveWork> = {}): LeaveWork => ({
  ...{ kind: 'leave', node, machine: 'there', volumes: 'keep', acceptVolumes: false },
  drain: { ...usualDrain, deleteLocalData: true },
  ...over,
});
const upgrading = (version: string, folder: string): UpgradeWork => ({
  ...{ kind: 'upgrade', version, nodes: [], drain: false, drainOptions: usualDrain },
  source: { from: 'folder', folder },
});

describeK3s('upkeep of K3s on the rack', (rack) => {
  let bed: UpkeepBed;
  let server: K3sServer;
  const node = (name: string) => rack().node(name);
  const cleanUp = async () => {
    for (const { name } of rack().nodes) {
      await uninstall(node(name));
      await must(node(name), 'rm -rf /var/lib/k3s-*');
    }
  };
  const names = async () =>
    (await server.kubectl('get nodes -o name')).trim().split('\n').sort().join(' ');
  /** How a job ended, with what it said where that is not well. */
  const ended = async ({ id, state }: Awaited<ReturnType<UpkeepBed['run']>>) =>
    state.state === 'done' ? 'done' : `${state.state}: ${await bed.log(id)}`;
  let bare: Awaited<ReturnType<typeof pictureOf>>;

  beforeAll(async () => {
    await cleanUp();
    bare = await pictureOf(rack(), 'agent-1');
    server = await startFirstServer(node('server-1'), { 'cluster-init': true });
    await joinByHand(server, node('server-2'), 'server');
    await joinByHand(server, node('agent-1'));
    bed = await UpkeepBed.over(rack(), server);
  }, 300_000);
  afterAll(async () => {
    await bed.close();
    await cleanUp();
  });

  it('takes a snapshot of etcd that K3s lists, and undo deletes it', async () => {
    const { id, state } = await bed.run({ kind: 'snapshot', server: 'server-1', name: 'ours' });
    expect(state.state).toBe('done');
    const list = () => must(node('server-1'), 'k3s etcd-snapshot ls');
    expect(await list()).toMatch(/^ours-\S+-server-1-\d+ /m);
    expect((await bed.undo(id)).state).toBe('undone');
    expect(await list()).not.toContain('ours-');
  });

  it('brings an agent out of the cluster, sets its volumes aside, and leaves nothing else of K3s', async () => {
    const data = '/var/lib/rancher/k3s/storage/pvc-1';
    await must(node('agent-1'), `mkdir -p ${data} && echo precious >${data}/file`);
    await must(node('server-1'), 'k3s kubectl apply -f -', volume('agent-1', data));
    const { findings } = await bed.plan(leaving('agent-1'));
    expect(findings).toContainEqual(expect.objectContaining({ weight: 'stop', accept: 'volumes' }));
    const job = await bed.run(leaving('agent-1', { acceptVolumes: true }));
    expect(await ended(job)).toBe('done');
    expect(await names()).toBe('node/server-1 node/server-2');
    expect(await must(node('agent-1'), 'cat /var/lib/k3s-volumes-*/pvc-1/file')).toBe('precious\n');
    expect(bed.members()).not.toContain('agent-1');
    await must(node('agent-1'), 'rm -rf /var/lib/k3s-volumes-*');
    // Ways to the pods of others: of the stand-in's network, which K3s does not have.
    const left = await changedSince(bare, rack(), 'agent-1');
    expect(left.filter((one) => !one.startsWith('state routes'))).toEqual([]);
    expect((await bed.undo(job.id)).state).toBe('undone');
    expect(bed.members()).toContain('agent-1');
    // Under its old name again, which the password of the former node would forbid.
    await joinByHand(server, node('agent-1'));
  });

  it('brings an agent back that stands still and has lost its password', async () => {
    await must(node('agent-1'), 'systemctl disable --now k3s-agent; rm -rf /etc/rancher/node');
    const { findings } = await bed.plan({ kind: 'doctor', node: 'agent-1' });
    expect(findings.map(({ says }) => says).join('\n')).toMatch(
      /does not run there[\s\S]*does not start with the machine[\s\S]*another one of that name/,
    );
    expect(await ended(await bed.run({ kind: 'doctor', node: 'agent-1' }))).toBe('done');
    await server.waitFor('agent-1');
  });

  it('takes one of two servers off the list of etcd while it runs, and the other goes on alone', async () => {
    expect(await ended(await bed.run(leaving('server-2')))).toBe('done');
    expect(await names()).toBe('node/agent-1 node/server-1');
    await must(node('server-1'), 'systemctl restart k3s');
    await server.waitFor('server-1');
    expect((await bed.plan(leaving('server-1'))).findings[0]).toMatchObject({
      ...{ weight: 'stop', says: expect.stringContaining('only server') },
    });
  });

  describe('an upgrade', () => {
    // K3s ends four times before it counts as lost, which takes its time.
    if (whole) {
      it('goes back where the new version does not come up', async () => {
        const broken = '#!/bin/sh\necho "it is broken" >&2\nexit 1\n';
        const folder = bed.release(next, broken);
        const { id, state } = await bed.run(upgrading(next, folder));
        expect(state).toMatchObject({ state: 'failed', error: { code: 'NODE_NOT_BACK' } });
        const { state: undone } = await bed.undo(id);
        expect(undone === 'undone' ? undone : await bed.log(id)).toBe('undone');
        await server.waitFor('server-1');
        expect(await bed.runs('server-1')).toBe(standinVersion);
      });
    }

    it('brings the server and then the agent to the new version, behind a snapshot', async () => {
      expect(await ended(await bed.run(upgrading(next, bed.release(next))))).toBe('done');
      expect([await bed.runs('server-1'), await bed.runs('agent-1')]).toEqual([next, next]);
      expect(await must(node('server-1'), 'k3s etcd-snapshot ls')).toContain('before-upgrade-');
    });
  });
});

function volume(node: string, path: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'pvc-1' },
    spec: {
      capacity: { storage: '1Mi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local-path',
      local: { path },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }],
            },
          ],
        },
      },
    },
  });
}
