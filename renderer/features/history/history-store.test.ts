import { expect, it, vi } from 'vitest';
import type { ChangeSet } from '../../../shared/model/history.ts';
import type { Notifier } from '../../app/notify.ts';
import type { Client } from '../../rpc/client.ts';
import { LinkDownError } from '../../rpc/failure.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createHistoryStore } from './history-store.ts';

/** A host with `total` change sets, named by their place, that gives 500 at most. */
function setUp(total: number) {
  const all = Array.from({ length: total }, (_, n) => ({ id: `set-${n}` }) as ChangeSet); // all that is read
  const list = vi.fn(async (input: { before: string | null; limit: number }) => {
    const from = all.findIndex(({ id }) => id === input.before) + 1;
    return all.slice(from, from + Math.min(500, input.limit));
  });
  const undo = vi.fn(async () => ({ title: 'Undid it' }) as ChangeSet); // its title is read
  const client = { history: { list, undo } } as unknown as Client; // what is called
  const notify = { done: vi.fn(), failed: vi.fn(), outdated: vi.fn() } satisfies Notifier;
  const history = createHistoryStore({ client, pool: createResourcePool(), notify });
  const shown = () => {
    const state = history.list.store.getState();
    return state.status === 'ready' ? state.data : [];
  };
  return { history, undo, notify, shown };
}

it('reads as far back as there is anything, however much that is', async () => {
  const { history, shown } = setUp(1234);
  await history.list.reload();
  expect(shown()).toHaveLength(100);
  while (history.hasMore(shown())) await history.readMore();
  expect(shown()).toHaveLength(1234);
  expect(new Set(shown().map(({ id }) => id)).size).toBe(1234);
});

it('offers no older ones where there are none', async () => {
  const { history, shown } = setUp(30);
  await history.list.reload();
  expect(history.hasMore(shown())).toBe(false);
});

it('tells that an undo may not have been done while nothing answers', async () => {
  const { history, undo, notify } = setUp(1);
  undo.mockRejectedValueOnce(new LinkDownError());
  await history.undo();
  expect(notify.done).not.toHaveBeenCalled();
  expect(notify.failed.mock.calls[0]?.[0]).toMatchObject({
    hint: expect.stringMatching(/may not/),
  });
});
