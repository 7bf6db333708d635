import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, isAbort, toFailure } from './failure.ts';

export interface FollowedState<A, P> {
  readonly asked: A | null;
  readonly page: P | null;
  readonly failure: Failure | null;
}

/** The page of one thing that is open, followed for as long as it is. */
export interface FollowedPage<A, P> {
  readonly store: StoreApi<FollowedState<A, P>>;
  /** Returns what leaves it. */
  open(asked: A): () => void;
  /** After a new connection, or a failure. */
  again(): void;
}

type Follow<A, P> = (
  asked: A,
  options: { readonly signal: AbortSignal },
) => Promise<AsyncIterable<P>> | AsyncIterable<P>;

/** Before a stream that ended alone is begun anew. */
const pauseMs = 1_000;

export function createFollowedPage<A, P>(
  pages: Follow<A, P>,
  view: Pick<Window, 'setTimeout'>,
): FollowedPage<A, P> {
  const none: FollowedState<A, P> = { asked: null, page: null, failure: null };
  const store = createStore<FollowedState<A, P>>(() => none);
  let following: AbortController | null = null;

  async function follow(asked: A): Promise<void> {
    following?.abort();
    const current = new AbortController();
    following = current;
    try {
      const { signal } = current;
      for await (const page of await pages(asked, { signal })) {
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
