import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeSet, HistoryState } from '../../../shared/model/history.ts';
import type { Notifier } from '../../app/notify.ts';
import { commandFailure } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

export type ChangeSetDetails = InferClientOutputs<Client>['history']['changes'];

type Move = 'undo' | 'redo';

export interface HistoryStore {
  readonly list: Resource<ChangeSet[]>;
  /** What undo and redo would do now. */
  readonly state: Resource<HistoryState>;
  changes(id: string): Resource<ChangeSetDetails>;
  /** The last undo or redo that later changes stood in the way of. */
  readonly conflict: StoreApi<{ readonly failure: Failure | null }>;
  /** Whether there may be older ones than those. */
  hasMore(shown: readonly ChangeSet[]): boolean;
  /** Reads further back. */
  readMore(): Promise<void>;
  /** `expect`: the change set that was shown as the next one; another one is left alone. */
  undo(expect?: string): Promise<void>;
  redo(expect?: string): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

/** The host gives no more than `largestPage` at once; further back it is asked again. */
const largestPage = 500;
const step = 200;

export function createHistoryStore({ client, pool, notify }: Needs): HistoryStore {
  const conflict = createStore<{ readonly failure: Failure | null }>(() => ({ failure: null }));
  let limit = 100;

  async function readBack(signal: AbortSignal): Promise<ChangeSet[]> {
    const sets: ChangeSet[] = [];
    while (sets.length < limit) {
      const asked = Math.min(largestPage, limit - sets.length);
      const before = sets.at(-1)?.id ?? null;
      const page = await client.history.list({ before, limit: asked }, { signal });
      sets.push(...page);
      if (page.length < asked) break;
    }
    return sets;
  }

  const list = pool.create(readBack);
  const state = pool.create((signal) => client.history.state(undefined, { signal }));

  const nextOf = (which: Move): string | undefined => {
    const read = state.store.getState();
    return (read.status === 'ready' ? read.data[which]?.id : null) ?? undefined;
  };

  async function take(which: Move, expect: string | undefined): Promise<void> {
    try {
      const done = await client.history[which](expect === undefined ? {} : { expect });
      conflict.setState({ failure: null });
      const word = which === 'undo' ? 'Undone' : 'Redone';
      notify.done(done.title === '' ? `${word}.` : `${done.title}.`);
    } catch (error) {
      const failure = commandFailure(error);
      if (failure.code === 'UNDO_CONFLICT') conflict.setState({ failure });
      if (failure.code === 'CHANGED_SINCE') void list.reload();
      notify.failed(failure);
    }
    // The buttons name what is next by now, before anybody presses them again.
    await state.reload();
  }

  let last: Promise<void> = Promise.resolve();
  let running = 0;

  /** Pressed while one still runs, it means the one that is next after that. */
  function move(which: Move, expect: string | undefined): Promise<void> {
    const behind = running > 0;
    running += 1;
    last = last
      .then(() => take(which, behind ? nextOf(which) : expect))
      .finally(() => {
        running -= 1;
      });
    return last;
  }

  return {
    list,
    state,
    changes: pool.createKeyed((id, signal) => client.history.changes({ id }, { signal })),
    conflict,
    hasMore: (shown) => shown.length >= limit,
    readMore() {
      limit += step;
      return list.reload();
    },
    undo: (expect) => move('undo', expect),
    redo: (expect) => move('redo', expect),
  };
}
