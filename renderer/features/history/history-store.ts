import type { InferClientOutputs } from '@orpc/client';
import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  type HistoryEntry,
  type HistoryFilter,
  type HistoryPage,
  type HistoryState,
  type Moment,
  type PastThing,
  type Restored,
  type StandingChange,
  standingChange,
} from '../../../shared/model/history.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, commandFailure } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatHistoryFilter, noHistoryFilter } from './history-filter.ts';

/** An undo, redo or revert that later changes stand in the way of. */
export interface Conflict {
  readonly failure: Failure | null;
  /** The entry whose revert it was; null: undo or redo. */
  readonly of: string | null;
  /** The changes in the way, newest first. */
  readonly standing: readonly StandingChange[];
}

export const noConflict: Conflict = { failure: null, of: null, standing: [] };

export type ChangeSetDetails = InferClientOutputs<Client>['history']['changes'];

export type Thing = NonNullable<InferClientOutputs<Client>['history']['thing']>;

type Move = 'undo' | 'redo';

export interface HistoryStore {
  readonly list: Resource<HistoryPage>;
  /** Who ever changed something. */
  readonly people: Resource<readonly string[]>;
  /** What a thing is or was called; null: the history knows nothing of it. */
  thing(id: string): Resource<Thing | null>;
  /** What the list is narrowed to; it is read anew. */
  setFilter(filter: HistoryFilter): void;
  /** What undo and redo would do now. */
  readonly state: Resource<HistoryState>;
  changes(id: string): Resource<ChangeSetDetails>;
  /** The last one. */
  readonly conflict: StoreApi<Conflict>;
  /** Whether there may be older ones than those. */
  hasMore(shown: readonly HistoryEntry[]): boolean;
  /** Reads further back. */
  readMore(): Promise<void>;
  /** `expect`: the change set that was shown as the next one; another one is left alone. */
  undo(expect?: string): Promise<void>;
  redo(expect?: string): Promise<void>;
  /** Takes one entry back, wherever it stands. */
  revert(id: string): Promise<void>;
  /** What a thing was at a time, and what was done since. */
  thingAt(id: string, at: Moment): Resource<PastThing>;
  /** What a restore would do, of one thing or (null) of all. */
  restorePreview(id: string | null, to: Moment): Resource<Restored>;
  /** The same once. Null: it failed, as a notice tells. */
  previewRestore(id: string, to: Moment): Promise<Restored | null>;
  /** Whether it was done; a failure is told in a notice. */
  restore(id: string | null, what: RestoreOf): Promise<boolean>;
  /** Keeps why it was done; gives a sentence where that could not be kept. */
  setReason(id: string, reason: string): Promise<string | null>;
}

interface RestoreOf {
  readonly to: Moment;
  readonly preview: Restored;
  readonly reason: string;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

/** The host gives no more than `largestPage` at once; further back it is asked again. */
const largestPage = 500;
const step = 200;
const firstPage = 100;

const standingList = z.array(standingChange);

const keyOf = (moment: Moment) => ('at' in moment ? `@${moment.at}` : moment.changeSet);
const momentOf = (key: string): Moment =>
  key.startsWith('@') ? { at: Number(key.slice(1)) } : { changeSet: key };

export function createHistoryStore({ client, pool, notify }: Needs): HistoryStore {
  const conflict = createStore<Conflict>(() => noConflict);
  let limit = firstPage;
  let filter = noHistoryFilter;

  async function readBack(signal: AbortSignal): Promise<HistoryPage> {
    const entries: HistoryEntry[] = [];
    const names: Record<string, string> = {};
    while (entries.length < limit) {
      const asked = Math.min(largestPage, limit - entries.length);
      const before = entries.at(-1)?.id ?? null;
      const page = await client.history.page({ ...filter, before, limit: asked }, { signal });
      entries.push(...page.entries);
      Object.assign(names, page.names);
      if (page.entries.length < asked) break;
    }
    return { entries, names };
  }

  function tell(failure: Failure, of: string | null): void {
    if (failure.code === 'UNDO_CONFLICT') {
      const standing = standingList.safeParse(failure.data.standing).data ?? [];
      conflict.setState({ failure, of, standing }, true);
    }
    notify.failed(failure);
  }

  const pastThings = pool.createKeyed((key, signal) => {
    const [id = '', at = ''] = key.split(' ');
    return client.history.thingAt({ id, at: momentOf(at) }, { signal });
  });
  const restorePreviews = pool.createKeyed((key, signal) => {
    const [id = '', to = ''] = key.split(' ');
    return client.history.restore(
      { to: momentOf(to), thing: id || null, dryRun: true },
      { signal },
    );
  });
  const list = pool.create(readBack);
  const state = pool.create((signal) => client.history.state(undefined, { signal }));

  const nextOf = (which: Move): string | undefined => {
    const read = state.store.getState();
    return (read.status === 'ready' ? read.data[which]?.id : null) ?? undefined;
  };

  async function take(which: Move, expect: string | undefined): Promise<void> {
    try {
      const done = await client.history[which](expect === undefined ? {} : { expect });
      conflict.setState(noConflict, true);
      const word = which === 'undo' ? 'Undone' : 'Redone';
      notify.done(done.title === '' ? `${word}.` : `${done.title}.`);
    } catch (error) {
      const failure = commandFailure(error);
      if (failure.code === 'CHANGED_SINCE') void list.reload();
      tell(failure, null);
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
    people: pool.create(async (signal) =>
      (await client.history.people(undefined, { signal })).map(({ who }) => who),
    ),
    thing: pool.createKeyed((id, signal) => client.history.thing({ id }, { signal })),
    setFilter(next) {
      if (formatHistoryFilter(next) === formatHistoryFilter(filter)) return;
      filter = next;
      limit = firstPage;
      void list.reload();
    },
    async revert(id) {
      try {
        const done = await client.history.revert({ id });
        conflict.setState(noConflict, true);
        notify.done(`${done.title}.`, { undoes: done.id });
      } catch (error) {
        tell(commandFailure(error), id);
      }
      await state.reload();
    },
    thingAt: (id, at) => pastThings(`${id} ${keyOf(at)}`),
    restorePreview: (id, to) => restorePreviews(`${id ?? ''} ${keyOf(to)}`),
    async previewRestore(id, to) {
      const outcome = await attempt(client.history.restore({ to, thing: id, dryRun: true }));
      if (outcome.ok) return outcome.value;
      notify.failed(outcome.failure);
      return null;
    },
    async restore(id, { to, preview, reason }) {
      const outcome = await attempt(
        client.history.restore({
          to,
          thing: id,
          reason: reason === '' ? null : reason,
          ...(preview.newest === null ? {} : { expect: preview.newest }),
        }),
      );
      if (!outcome.ok) {
        notify.failed(outcome.failure);
        return false;
      }
      const { changeSet } = outcome.value;
      notify.done(
        `${changeSet?.title ?? 'Nothing was to be restored'}.`,
        changeSet === null ? {} : { undoes: changeSet.id },
      );
      return true;
    },
    async setReason(id, reason) {
      const outcome = await attempt(client.history.setReason({ id, reason: reason.trim() }));
      void list.reload();
      return outcome.ok ? null : outcome.failure.message;
    },
    undo: (expect) => move('undo', expect),
    redo: (expect) => move('redo', expect),
  };
}
