import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, isAbort, toFailure } from './failure.ts';

/** What a view shows of something that is read from the host. */
export type Loadable<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly failure: Failure }
  /** `stale`: a later reading failed; what is shown is the last good one. */
  | { readonly status: 'ready'; readonly data: T; readonly stale: Failure | null };

export interface Resource<T> {
  readonly store: StoreApi<Loadable<T>>;
  /** Says that something shows it: it is read, and read again when the inventory changes. */
  retain(): () => void;
  /** Ends with what is then the newest reading, though another one was begun meanwhile. */
  reload(): Promise<void>;
}

export interface ResourcePool {
  create<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T>;
  /** One resource per key; those that nothing shows any more are forgotten. */
  createKeyed<T>(
    load: (key: string, signal: AbortSignal) => Promise<T>,
  ): (key: string) => Resource<T>;
  /** Something that reads again by its own means. */
  onInvalidate(listener: () => void): void;
  /** The inventory changed: what is shown is read again, the rest when it is next shown. */
  invalidate(): void;
  /** Why something that is shown could not be read again; null: all of it is as it was told. */
  readonly stale: StoreApi<{ readonly failure: Failure | null }>;
}

interface Tracked {
  invalidate(): void;
}

function afterLoad<T>(before: Loadable<T>, failure: Failure): Loadable<T> {
  // What is gone must not be shown on as if it were there.
  const gone = failure.code === 'NOT_FOUND';
  return before.status === 'ready' && !gone
    ? { ...before, stale: failure }
    : { status: 'failed', failure };
}

/** Told whenever a resource becomes stale while it is shown, and when it is so no more. */
type OnStale = (failure: Failure | null) => void;

function createTracked<T>(
  load: (signal: AbortSignal) => Promise<T>,
  onStale: OnStale,
): Resource<T> & Tracked {
  const store = createStore<Loadable<T>>(() => ({ status: 'loading' }));
  let users = 0;
  let fresh = false;
  let running: AbortController | null = null;

  /** Of the newest reading. */
  let reading: Promise<void> = Promise.resolve();

  async function reload(): Promise<void> {
    let awaited = read();
    reading = awaited;
    for (;;) {
      await awaited;
      if (awaited === reading) return;
      awaited = reading;
    }
  }

  async function read(): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    fresh = true;
    if (store.getState().status === 'failed') store.setState({ status: 'loading' }, true);
    try {
      const data = await load(controller.signal);
      if (running !== controller) return;
      store.setState({ status: 'ready', data, stale: null }, true);
      onStale(null);
    } catch (error) {
      if (running !== controller || isAbort(error)) return;
      fresh = false;
      const next = afterLoad(store.getState(), toFailure(error));
      store.setState(next, true);
      if (users > 0) onStale(next.status === 'ready' ? next.stale : null);
    }
  }

  return {
    store,
    reload,
    retain() {
      users += 1;
      if (!fresh) void reload();
      return () => {
        users -= 1;
        if (users === 0) onStale(null);
      };
    },
    invalidate() {
      fresh = false;
      if (users > 0) void reload();
    },
  };
}

/** How many keyed resources stay in memory though nothing shows them. */
const idleLimit = 30;

export function createResourcePool(): ResourcePool {
  const tracked = new Set<Tracked>();
  const stale = createStore<{ readonly failure: Failure | null }>(() => ({ failure: null }));
  const troubles = new Map<symbol, Failure>();

  function create<T>(load: (signal: AbortSignal) => Promise<T>): Resource<T> & Tracked {
    const self = Symbol();
    const resource = createTracked(load, (failure) => {
      // That nothing answers is told for all of them at once, by the connection.
      if (failure === null || failure.code === 'LINK_DOWN') troubles.delete(self);
      else troubles.set(self, failure);
      const [first = null] = troubles.values();
      if (stale.getState().failure !== first) stale.setState({ failure: first });
    });
    tracked.add(resource);
    return resource;
  }

  return {
    create,
    stale,
    createKeyed<T>(load: (key: string, signal: AbortSignal) => Promise<T>) {
      interface Entry {
        readonly resource: Resource<T> & Tracked;
        readonly facade: Resource<T>;
        users: number;
      }
      const byKey = new Map<string, Entry>();

      function forgetIdle(): void {
        for (const [key, entry] of byKey) {
          if (byKey.size <= idleLimit) return;
          if (entry.users > 0) continue;
          byKey.delete(key);
          tracked.delete(entry.resource);
        }
      }

      function retain(key: string, entry: Entry): () => void {
        entry.users += 1;
        // It may have been forgotten between being asked for and being shown; and the last shown is
        // the last to be forgotten.
        byKey.delete(key);
        byKey.set(key, entry);
        tracked.add(entry.resource);
        const release = entry.resource.retain();
        return () => {
          entry.users -= 1;
          release();
          forgetIdle();
        };
      }

      return (key) => {
        const found = byKey.get(key);
        if (found !== undefined) return found.facade;
        const resource = create((signal) => load(key, signal));
        const facade = {
          store: resource.store,
          reload: resource.reload,
          retain: () => retain(key, entry),
        };
        const entry: Entry = { resource, facade, users: 0 };
        byKey.set(key, entry);
        return facade;
      };
    },
    onInvalidate: (listener) => tracked.add({ invalidate: listener }),
    invalidate() {
      for (const each of tracked) each.invalidate();
    },
  };
}
