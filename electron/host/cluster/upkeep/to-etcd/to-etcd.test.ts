import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { k3sMachine } from '../trial/k3s-machine.ts';
import { upkeepBed } from '../trial/upkeep-bed.ts';

// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

const db = '/var/lib/rancher/k3s/server/db';
const setting = '/etc/rancher/k3s/config.yaml.d/rackhelm-etcd.yaml';

let bed: ReturnType<typeof upkeepBed>;
let machine: TrialNode;
/** Of kube-system, in an etcd that K3s began empty instead of moving its state. */
let newUid: string | null;

function standsOn(role: 'sqlite' | 'server'): void {
  bed.cluster.node('x86-1', { role });
}

beforeEach(() => {
  bed = upkeepBed();
  newUid = null;
  bed.member('x86-1', 'control-plane');
  bed.cluster.put('namespaces', { metadata: { name: 'kube-system', uid: 'one' } });
  machine = k3sMachine({
    files: { [`${db}/state.db`]: 'rows', '/var/lib/rancher/k3s/server/token': 'K10' },
    programs: [
      [
        /^systemctl restart --no-block k3s/,
        (_, at) => {
          if (!at.has(setting)) return '';
          at.make(`${db}/etcd/member`);
          standsOn('server');
          if (newUid !== null)
            bed.cluster.put('namespaces', { metadata: { name: 'kube-system', uid: newUid } });
          return '';
        },
      ],
      [/^systemctl stop k3s\.service$/, () => ''],
      [/^systemctl start --no-block k3s\.service$/, () => ''],
      [
        /^\[ -f '(.*)'\/state\.db \] && rm -rf .* && cp -a/,
        ([, copy = ''], at) => {
          if (!at.has(`${copy}/state.db`)) return { out: 'no copy', exit: 1 };
          at.drop([`${db}/etcd`]);
          standsOn('sqlite');
          return '';
        },
      ],
    ],
  });
  machine.drop([`${db}/etcd`]);
  bed.machines.set('x86-1', machine);
  standsOn('sqlite');
});
afterEach(async () => {
  await bed.close();
  expect(bed.faults).toEqual([]);
});

const copies = () => machine.machine.files.paths().filter((path) => path.includes('k3s-before'));

it('moves the state of the only server into etcd, with a copy first, and back again', async () => {
  const { id, state } = await bed.run({ kind: 'to-etcd' });
  expect(state, JSON.stringify(state)).toMatchObject({ state: 'done' });
  expect(machine.machine.files.text(setting)).toContain('cluster-init: true');
  expect(copies()).toHaveLength(1);
  const undone = await bed.undo(id);
  expect(undone.state, JSON.stringify(undone.state)).toMatchObject({ state: 'undone' });
  expect(machine.hasUnder(`${db}/etcd`)).toBe(false);
  expect(machine.has(setting)).toBe(false);
  expect(copies()).toEqual([]);
});

it('takes no etcd that began empty for the cluster that was', async () => {
  newUid = 'another';
  const { state } = await bed.run({ kind: 'to-etcd' });
  expect(state).toMatchObject({ state: 'failed' });
  expect(JSON.stringify(state)).toContain('began an empty etcd');
});

it('is refused where the state lies in etcd already, or no machine is reached', async () => {
  bed.machines.delete('x86-1');
  const lost = await bed.plan({ kind: 'to-etcd' });
  expect(lost.findings[0]?.says).toContain('is not reached');
  standsOn('server');
  const there = await bed.plan({ kind: 'to-etcd' });
  expect(there).toMatchObject({ stopped: true, plan: null });
  expect(there.findings[0]?.says).toContain('in etcd already');
});
