import { ORPCError } from '@orpc/client';
import { expect, it, vi } from 'vitest';
import type { Notifier } from '../../app/notify.ts';
import type { Client } from '../../rpc/client.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createDeviceStore } from './device-store.ts';

/** A host whose machine was read at `readAt`. */
function setUp() {
  const host = { readAt: 1, accepted: 0 };
  const accept = vi.fn(async (input: { paths: string[]; observedAt?: number }) => {
    if (input.observedAt !== host.readAt) {
      const data = { hint: 'Look again.', data: {} };
      throw new ORPCError('CHANGED_SINCE', { message: 'The machine was read again.', data });
    }
    host.accepted += input.paths.length;
    return { accepted: input.paths.length, changeSetId: 'set-1' };
  });
  const compare = async () => ({ deviceId: 'd', observedAt: host.readAt, rows: [] });
  const client = { devices: { accept, compare } } as unknown as Client; // what is called
  const notify = { done: vi.fn(), failed: vi.fn(), outdated: vi.fn() } satisfies Notifier;
  return {
    host,
    notify,
    device: createDeviceStore({ client, pool: createResourcePool(), notify }),
  };
}

it('offers to undo the very change set in which facts were accepted', async () => {
  const { device, notify } = setUp();
  await device.accept({ deviceId: 'd', observedAt: 1 }, ['memoryBytes']);
  expect(notify.done).toHaveBeenCalledWith('Accepted 1 fact.', { undoes: 'set-1' });
});

it('accepts nothing that was not shown: it shows what the machine says now', async () => {
  const { host, device, notify } = setUp();
  host.readAt = 2;
  const outcome = await device.accept({ deviceId: 'd', observedAt: 1 }, ['memoryBytes']);
  expect(host.accepted).toBe(0);
  expect(notify.done).not.toHaveBeenCalled();
  expect(outcome).toMatchObject({
    failure: { message: 'The machine was read again.', hint: expect.stringMatching(/shown now/) },
  });
  expect(device.comparison('d').store.getState()).toMatchObject({ data: { observedAt: 2 } });
});
