import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UpkeepWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { pem } from '../../../connections/kubernetes/trial/pki.ts';
import { k3sMachine } from '../trial/k3s-machine.ts';
import { upkeepBed } from '../trial/upkeep-bed.ts';

// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

let bed: ReturnType<typeof upkeepBed>;
const work: UpkeepWork = { kind: 'certificates', nodes: [] };

/** A machine whose certificate has ended; K3s makes one that lasts. */
function add(name: string, role: 'server' | 'agent') {
  bed.cluster.node(name, { role });
  bed.member(name, role === 'server' ? 'control-plane' : 'worker');
  const machine = k3sMachine();
  let ours = pem('client-expired').toString();
  machine.machine.answer('server/tls/', ({ script }) => {
    const mark = /@@\w+/.exec(script)?.[0] ?? '';
    const files = `file server/tls/server-ca.crt\n${pem('ca')}file agent/client-kubelet.crt\n${ours}file agent/odd.crt\nno certificate\n`;
    return `\n${mark} part files\n${files}\n${mark} exit 0\n\n${mark} end\n`;
  });
  machine.machine.answer('k3s certificate rotate', () => {
    expect(machine.state.active).toBe('inactive');
    ours = pem('client').toString();
    return '';
  });
  bed.machines.set(name, machine);
}

beforeEach(() => {
  bed = upkeepBed();
  for (const name of ['x86-1', 'x86-2', 'x86-3']) add(name, 'server');
  add('pi-1', 'agent');
});
afterEach(() => bed.close());

it('tells which certificate of each node ends first, and never that of an authority', async () => {
  const { findings } = await bed.plan(work);
  const told = findings.filter(({ says }) => says.includes('ended on 2021-01-01'));
  expect(told).toHaveLength(4);
  expect(told[0]?.says).toContain('Of 1 certificates of x86-1 agent/client-kubelet.crt');
});

it('renews them server by server while K3s stands still there, then the agents', async () => {
  const { state, lanes } = await bed.run(work);
  expect(state.state).toBe('done');
  expect(lanes.map(({ title }) => title)).toEqual(['x86-1', 'x86-2', 'x86-3', 'pi-1']);
  const { findings } = await bed.plan(work);
  expect(findings.map(({ says }) => says).join()).toContain('2120-01-01');
});

it('does not begin where a machine is not reached', async () => {
  bed.machines.delete('pi-1');
  const { stopped, findings } = await bed.plan(work);
  expect(stopped).toBe(true);
  expect(findings[0]?.says).toContain('The certificates of pi-1 are not known');
});
