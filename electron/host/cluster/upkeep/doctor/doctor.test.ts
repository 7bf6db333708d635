import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { UpkeepWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { k3sMachine } from '../trial/k3s-machine.ts';
import { upkeepBed } from '../trial/upkeep-bed.ts';

// Whole jobs, with a journal on disk.
vi.setConfig({ testTimeout: 30_000 });

let bed: ReturnType<typeof upkeepBed>;
const work: UpkeepWork = { kind: 'doctor', node: 'x86-3' };
const secret = 'x86-3.node-password.k3s';

beforeEach(() => {
  bed = upkeepBed();
  for (const name of ['x86-1', 'x86-2']) bed.cluster.node(name, { role: 'server' });
  bed.cluster.node('x86-3', { role: 'server', ready: false });
  bed.member('x86-3', 'control-plane');
  bed.machines.set('x86-3', k3sMachine());
});
afterEach(() => bed.close());

const phases = async () =>
  (await bed.plan(work)).plan?.lanes.flatMap((lane) => lane.phases.map(({ phase }) => phase));

it('starts what was stopped, and says so beforehand', async () => {
  Object.assign(bed.machines.get('x86-3')?.state ?? {}, { active: 'inactive' });
  const { findings, stopped } = await bed.plan(work);
  expect(findings.map(({ says }) => says).join()).toContain('K3s does not run there');
  expect(stopped).toBe(false);
  expect(await phases()).toEqual(['k3s-start']);
});

it('lets the cluster forget the password of a node that has none any more', async () => {
  bed.cluster.put('secrets', { metadata: { name: secret } });
  expect(await phases()).toBeUndefined();
  bed.machines.get('x86-3')?.drop(['/etc/rancher/node/password']);
  expect((await bed.run(work)).state.state).toBe('done');
  expect(bed.cluster.has('secrets', secret)).toBe(false);
});

it('has nothing to mend where nothing that is known is wrong, and says where to look', async () => {
  const { findings, stopped, plan } = await bed.plan(work);
  expect(findings.at(-1)?.says).toContain('Look at what its log says');
  expect({ stopped, plan }).toEqual({ stopped: true, plan: null });
});

it('looks at no machine that nobody reaches', async () => {
  bed.machines.delete('x86-3');
  expect((await bed.plan(work)).findings[0]?.says).toContain('is not reached');
});
