import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Activity } from '../../../shared/contract/system.ts';
import type { Client } from '../../rpc/client.ts';

export interface ActivitiesState {
  /** Newest first. */
  readonly list: readonly Activity[];
}

export interface ActivitiesStore {
  readonly store: StoreApi<ActivitiesState>;
  load(): Promise<void>;
  take(activity: Activity): void;
}

const kept = 100;

/** Puts an activity in its place: a known one is replaced, a new one comes by its start. */
export function withActivity(list: readonly Activity[], activity: Activity): readonly Activity[] {
  const others = list.filter((each) => each.id !== activity.id);
  return [...others, activity].sort((a, b) => b.startedAt - a.startedAt).slice(0, kept);
}

/** While nothing answers, what ran when it last did may have ended, or the host with it. */
export type ShownState = Activity['state'] | 'unknown';
export type ShownActivity = Omit<Activity, 'state'> & { readonly state: ShownState };

export function asShown(list: readonly Activity[], answers: boolean): readonly ShownActivity[] {
  if (answers) return list;
  return list.map((each) => (each.endedAt === null ? { ...each, state: 'unknown' } : each));
}

export function createActivitiesStore(client: Client): ActivitiesStore {
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
    take: (activity) => store.setState(({ list }) => ({ list: withActivity(list, activity) })),
  };
}
