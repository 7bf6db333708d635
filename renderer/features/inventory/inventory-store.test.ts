import { expect, it, vi } from 'vitest';
import type { Notifier } from '../../app/notify.ts';
import type { Client } from '../../rpc/client.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createInventoryStore } from './inventory-store.ts';

function setUp() {
  const update = vi.fn(async (_input: unknown) => ({ changeSetId: 'set-1' }));
  const removeRack = vi.fn(async (_input: unknown) => ({ changeSetId: 'set-2', devices: 2 }));
  // what is called
  const client = { devices: { update }, inventory: { removeRack } } as unknown as Client;
  const notify = { done: vi.fn(), failed: vi.fn(), outdated: vi.fn() } satisfies Notifier;
  const inventory = createInventoryStore({ client, pool: createResourcePool(), notify });
  return { inventory, notify, update, removeRack };
}

it('writes fields and tags of many devices in one step, with one undo for all of it', async () => {
  const { inventory, notify, update } = setUp();
  const tags = { add: ['k3s'], remove: ['old'] };
  await inventory.updateDevices(['a', 'b'], { patch: { status: 'spare' }, tags });
  expect(update.mock.calls).toEqual([[{ ids: ['a', 'b'], patch: { status: 'spare' }, tags }]]);
  expect(notify.done.mock.calls).toEqual([['Changed 2 devices.', { undoes: 'set-1' }]]);
});

it('tells what became of the devices in a rack that was deleted', async () => {
  const { inventory, notify } = setUp();
  await inventory.removeRack('r', 'Attic');
  const [text, options] = notify.done.mock.calls[0] ?? [];
  expect(text).toMatch(/Deleted rack .*Attic.*2 devices without a rack now/);
  expect(options).toEqual({ undoes: 'set-2' });
});
