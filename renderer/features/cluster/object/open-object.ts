import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ObjectName, ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../rpc/failure.ts';

export interface AskedObject extends ObjectName {
  readonly contextId: string;
}

export interface OpenObjectState {
  readonly asked: AskedObject | null;
  readonly page: ObjectPage | null;
  readonly failure: Failure | null;
}

/** The object whose page is open, followed for as long as it is. */
export interface OpenObject {
  readonly store: StoreApi<OpenObjectState>;
  /** Returns what leaves it. */
  open(asked: AskedObject): () => void;
  /** After a new connection, or a failure. */
  again(): void;
}

/** Before a stream that ended alone is begun anew. */
const pauseMs = 1_000;

const none: OpenObjectState = { asked: null, page: null, failure: null };

export function createOpenObject(client: Client, view: Pick<Window, 'setTimeout'>): OpenObject {
  const store = createStore<OpenObjectState>(() => none);
  let following: AbortController | null = null;

  async function follow(asked: AskedObject): Promise<void> {
    following?.abort();
    const current = new AbortController();
    following = current;
    try {
      const { signal } = current;
      for await (const page of await client.cluster.live.followObject(asked, { signal })) {
        if (following !== current) return;
        store.setState({ page, failure: null });
      }
      view.setTimeout(() => following === current && void follow(asked), pauseMs);
    } catch (error) {
      if (following !== current || isAbort(error)) return;
      const failure = toFailure(error);
      const keep = failure.code === 'LINK_DOWN' && store.getState().page !== null;
      store.setState(keep ? {} : { failure, page: null });
    }
  }

  return {
    store,
    open(asked) {
      store.setState({ ...none, asked }, true);
      void follow(asked);
      return () => {
        if (store.getState().asked !== asked) return;
        following?.abort();
        following = null;
        store.setState(none, true);
      };
    },
    again() {
      const { asked } = store.getState();
      if (asked === null) return;
      store.setState({ failure: null });
      void follow(asked);
    },
  };
}
