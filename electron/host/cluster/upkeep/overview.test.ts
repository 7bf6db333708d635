import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { upkeepBed } from './trial/upkeep-bed.ts';

vi.setConfig({ testTimeout: 30_000 });

let bed: ReturnType<typeof upkeepBed>;
beforeEach(() => {
  bed = upkeepBed();
});
afterEach(() => bed.close());
const overview = () => bed.upkeep.overview(bed.contextId, AbortSignal.timeout(30_000));

it('tells servers first, which machine each node is, and how many may fail', async () => {
  bed.cluster.node('pi-1');
  for (const name of ['x86-1', 'x86-2', 'x86-3']) bed.cluster.node(name, { role: 'server' });
  const id = bed.member('x86-2', 'control-plane');
  const { nodes, mayFail, datastore } = await overview();
  expect(nodes.map(({ name }) => name)).toEqual(['x86-1', 'x86-2', 'x86-3', 'pi-1']);
  expect(nodes[1]?.device).toEqual({ id, name: 'x86-2', reached: true });
  expect(nodes[0]?.device).toBeNull();
  expect({ mayFail, datastore }).toEqual({ mayFail: 1, datastore: 'etcd' });
  bed.cluster.node('x86-3', { role: 'server', ready: false });
  expect((await overview()).mayFail).toBe(0);
});

it('says of a cluster without etcd what is to be copied instead of a snapshot', async () => {
  bed.cluster.node('x86-1', { role: 'sqlite' });
  const { noSnapshots, nodes, datastore } = await overview();
  expect(datastore).toBe('other');
  expect(noSnapshots).toContain('server/token');
  expect(nodes[0]?.staysBecause).toContain('only server');
});

it('lists tokens for agents with their end and without what is secret in them', async () => {
  bed.cluster.node('x86-1', { role: 'sqlite' });
  const data = { 'token-id': btoa('abcdef'), 'token-secret': btoa('s3cr3t') };
  bed.cluster.put('secrets', { metadata: { name: 'bootstrap-token-abcdef' }, data });
  const told = await overview();
  expect(told.tokens).toEqual([
    { id: 'abcdef', description: '', createdAt: null, expiresAt: null },
  ]);
  expect(JSON.stringify(told)).not.toContain(btoa('s3cr3t'));
});
