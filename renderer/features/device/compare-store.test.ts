import { ORPCError } from '@orpc/client';
import { expect, it, vi } from 'vitest';
import type { Notifier } from '../../app/notify.ts';
import type { Client } from '../../rpc/client.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createCompareStore } from './compare-store.ts';

/** A host whose machine was read at `readAt`. */
function setUp() {
  const host = { readAt: 1, accepted: 0 };
  const accept = vi.fn(async (input: { chosen: { paths: string[] }; observedAt?: number }) => {
    if (input.observedAt !== host.readAt) {
      const data = { hint: 'Look again.', data: {} };
      throw new ORPCError('CHANGED_SINCE', { message: 'The machine was read again.', data });
    }
    host.accepted += input.chosen.paths.length;
    return { accepted: input.chosen.paths.length, changeSetId: 'set-1' };
  });
  const compare = async () => ({ deviceId: 'd', observedAt: host.readAt, rows: [] });
  const client = { devices: { accept, compare } } as unknown as Client; // what is called
  const notify = { done: vi.fn(), failed: vi.fn(), outdated: vi.fn() } satisfies Notifier;
  return {
    host,
    notify,
    compare: createCompareStore({ client, pool: createResourcePool(), notify }),
  };
}

it('offers to undo the very change set in which facts were accepted', async () => {
  const { compare, notify } = setUp();
  await compare.accept({ deviceId: 'd', observedAt: 1 }, { paths: ['memoryBytes'] });
  expect(notify.done).toHaveBeenCalledWith('Accepted 1 fact.', { undoes: 'set-1' });
});

it('accepts nothing that was not shown: it shows what the machine says now', async () => {
  const { host, compare, notify } = setUp();
  const page = compare.page('d', 'open', 0);
  page.retain();
  await page.reload();
  host.readAt = 2;
  const outcome = await compare.accept(
    { deviceId: 'd', observedAt: 1 },
    { paths: ['memoryBytes'] },
  );
  await page.reload();
  expect(host.accepted).toBe(0);
  expect(notify.done).not.toHaveBeenCalled();
  expect(outcome).toMatchObject({
    failure: { message: 'The machine was read again.', hint: expect.stringMatching(/shown now/) },
  });
  expect(page.store.getState()).toMatchObject({ data: { observedAt: 2 } });
});
