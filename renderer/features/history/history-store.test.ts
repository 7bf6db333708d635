import { ORPCError } from '@orpc/client';
import { expect, it, vi } from 'vitest';
import type { ChangeSet, HistoryEntry } from '../../../shared/model/history.ts';
import type { Notifier } from '../../app/notify.ts';
import type { Client } from '../../rpc/client.ts';
import { LinkDownError } from '../../rpc/failure.ts';
import { createResourcePool } from '../../rpc/resource.ts';
import { createHistoryStore } from './history-store.ts';

const later = { id: '0192aaaa-0000-7000-8000-000000000000', title: 'Later', at: 1, who: 'ada' };

/** A host with `total` change sets, named by their place, that gives 500 at most. */
function setUp(total: number) {
  const all = Array.from({ length: total }, (_, n) => ({ id: `set-${n}` }) as HistoryEntry); // all that is read
  const page = vi.fn(
    async (input: { before: string | null; limit: number; who: string | null }) => {
      const from = all.findIndex(({ id }) => id === input.before) + 1;
      const entries =
        input.who === 'nobody' ? [] : all.slice(from, from + Math.min(500, input.limit));
      return { entries, names: {} };
    },
  );
  const revert = vi.fn(async (input: { id: string }) => {
    if (input.id === 'set-0') return { id: 'new', title: 'Reverted: set-0' };
    throw new ORPCError('UNDO_CONFLICT', {
      message: 'Cannot revert.',
      data: { hint: 'Revert that first.', data: { rows: [], standing: [later] } },
    });
  });
  const undoable = all.map(({ id }) => id);
  const undo = vi.fn(async (input: { expect?: string }) => {
    const [next] = undoable;
    if (input.expect !== undefined && input.expect !== next) {
      throw new ORPCError('CHANGED_SINCE', {
        message: 'The history has gone on.',
        data: { hint: 'Look again.', data: {} },
      });
    }
    undoable.shift();
    return { title: `Undid ${next}` } as ChangeSet; // its title is read
  });
  const state = vi.fn(async () => {
    const [next] = undoable;
    return { undo: next === undefined ? null : { id: next }, redo: null };
  });
  const client = { history: { page, undo, state, revert } } as unknown as Client; // what is called
  const notify = { done: vi.fn(), failed: vi.fn(), outdated: vi.fn() } satisfies Notifier;
  const history = createHistoryStore({ client, pool: createResourcePool(), notify });
  const shown = () => {
    const state = history.list.store.getState();
    return state.status === 'ready' ? state.data.entries : [];
  };
  return { history, undo, undoable, notify, shown };
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

it('leaves alone what became next after the button was drawn, says so and reads it anew', async () => {
  const { history, undoable, notify } = setUp(2);
  await history.state.reload();
  undoable.unshift('of another window');
  await history.undo('set-0');
  expect(undoable).toEqual(['of another window', 'set-0', 'set-1']);
  expect(notify.failed.mock.calls[0]?.[0]).toMatchObject({ message: 'The history has gone on.' });
  expect(history.state.store.getState()).toMatchObject({
    data: { undo: { id: 'of another window' } },
  });
});

it('takes back two when undo is pressed twice at once', async () => {
  const { history, undoable, notify } = setUp(3);
  await history.state.reload();
  await Promise.all([history.undo('set-0'), history.undo('set-0')]);
  expect(undoable).toEqual(['set-2']);
  expect(notify.failed).not.toHaveBeenCalled();
});

it('reads anew what it is narrowed to, and only then', async () => {
  const { history, shown } = setUp(300);
  await history.list.reload();
  await history.readMore();
  expect(shown()).toHaveLength(300);
  history.setFilter({ thing: null, who: 'nobody', source: null, text: '' });
  await vi.waitFor(() => expect(shown()).toEqual([]));
  history.setFilter({ thing: null, who: null, source: null, text: '' });
  await vi.waitFor(() => expect(shown()).toHaveLength(100));
});

it('reverts one entry and offers to undo that, or tells what stands on it beside the entry', async () => {
  const { history, notify } = setUp(3);
  await history.revert('set-0');
  expect(notify.done.mock.calls).toEqual([['Reverted: set-0.', { undoes: 'new' }]]);
  await history.revert('set-1');
  expect(history.conflict.getState()).toMatchObject({
    of: 'set-1',
    standing: [later],
    failure: { message: 'Cannot revert.', hint: 'Revert that first.' },
  });
});
