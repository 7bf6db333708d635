import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type { PortForward } from '../../../../../shared/cluster/pods/port-forward.ts';
import { attempt, type Outcome } from '../../../../app/outcome.ts';
import type { Client } from '../../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../../rpc/failure.ts';

export interface ForwardsState {
  /** Null: not read yet. */
  readonly forwards: readonly PortForward[] | null;
  readonly failure: Failure | null;
}

export interface NewForward extends ObjectName {
  readonly contextId: string;
  readonly port: number;
  readonly localPort: number | null;
}

/** Ports that are forwarded, followed while somebody looks. */
export interface ForwardsStore {
  readonly store: StoreApi<ForwardsState>;
  /** Returns what leaves it. */
  look(): () => void;
  again(): void;
  add(asked: NewForward): Promise<Outcome<PortForward>>;
  stop(id: string): Promise<Outcome<unknown>>;
}

interface Needs {
  readonly client: Client;
  readonly view: Pick<Window, 'setTimeout'>;
}

/** Before a stream that ended alone is begun anew. */
const pauseMs = 1_000;

export function createForwardsStore({ client, view }: Needs): ForwardsStore {
  const { forwards: rpc } = client.cluster.pods;
  const store = createStore<ForwardsState>(() => ({ forwards: null, failure: null }));
  let lookers = 0;
  let following: AbortController | null = null;

  async function follow(): Promise<void> {
    following?.abort();
    const current = new AbortController();
    following = current;
    try {
      for await (const { forwards } of await rpc.follow(undefined, { signal: current.signal })) {
        if (following !== current) return;
        store.setState({ forwards, failure: null });
      }
    } catch (error) {
      if (following !== current || isAbort(error)) return;
      const failure = toFailure(error);
      if (failure.code !== 'LINK_DOWN') store.setState({ failure });
    }
    view.setTimeout(() => following === current && void follow(), pauseMs);
  }

  return {
    store,
    look() {
      lookers += 1;
      if (lookers === 1) void follow();
      return () => {
        lookers -= 1;
        if (lookers > 0) return;
        following?.abort();
        following = null;
      };
    },
    again() {
      if (lookers > 0) void follow();
    },
    add: (asked) => attempt(rpc.add(asked)),
    stop: (id) => attempt(rpc.stop({ id })),
  };
}
