import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Activity } from '../../../shared/contract/system.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';

export interface ActivitiesState {
  /** Newest first. */
  readonly list: readonly Activity[];
}

export interface ActivitiesStore {
  readonly store: StoreApi<ActivitiesState>;
  load(): Promise<void>;
  take(activity: Activity): void;
  cancel(id: string): Promise<void>;
  /** Forgets what has ended, in every window. */
  clear(): Promise<void>;
}

const kept = 100;

const keptLines = 200;

/** What came since, put to the end of what was known. */
function merged(known: Activity | undefined, news: Activity): Activity {
  if (known === undefined) return news;
  const before = known.lines.slice(0, Math.max(0, news.firstLine - known.firstLine));
  const lines = [...before, ...news.lines];
  const gone = Math.max(0, lines.length - keptLines);
  const firstLine = news.firstLine - before.length + gone;
  return { ...news, lines: lines.slice(gone), firstLine };
}

/** Puts an activity in its place; of a known one the log goes on. A new one comes by its start. */
export function withActivity(list: readonly Activity[], news: Activity): readonly Activity[] {
  const activity = merged(
    list.find(({ id }) => id === news.id),
    news,
  );
  const others = list.filter((each) => each.id !== news.id);
  return [...others, activity].sort((a, b) => b.startedAt - a.startedAt).slice(0, kept);
}

/** While nothing answers, what ran when it last did may have ended, or the host with it. */
export type ShownState = Activity['state'] | 'unknown';
export type ShownActivity = Omit<Activity, 'state'> & { readonly state: ShownState };

export function asShown(list: readonly Activity[], answers: boolean): readonly ShownActivity[] {
  if (answers) return list;
  return list.map((each) => (each.endedAt === null ? { ...each, state: 'unknown' } : each));
}

export function createActivitiesStore(client: Client, notify: Notifier): ActivitiesStore {
  const store = createStore<ActivitiesState>(() => ({ list: [] }));
  return {
    store,
    async load() {
      try {
        const list = await client.system.activities();
        store.setState({ list: [...list].sort((a, b) => b.startedAt - a.startedAt) });
      } catch {
        // Only the connection can fail here; its banner tells, and it calls this again.
      }
    },
    async cancel(id) {
      const outcome = await attempt(client.system.cancelActivity({ id }));
      if (!outcome.ok) notify.failed(outcome.failure);
    },
    async clear() {
      const outcome = await attempt(client.system.clearActivities());
      if (!outcome.ok) notify.failed(outcome.failure);
    },
    take: (activity) => store.setState(({ list }) => ({ list: withActivity(list, activity) })),
  };
}
