import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Link } from './client.ts';

/**
 * `no-key`: the host is there but refuses this window. `lost`: it was connected, tries again.
 */
export type ConnectionState =
  | { readonly status: 'connecting' }
  | { readonly status: 'open' }
  | { readonly status: 'lost'; readonly attempt: number }
  | { readonly status: 'no-key' };

/** An open way to the host. `closed` settles once, when it is gone. */
export interface Channel {
  readonly link: Link;
  readonly closed: Promise<void>;
}

/** How one kind of shell reaches the host. */
export interface Dialer {
  /** Resolves with an open channel, with `refused` where the host wants a key, else rejects. */
  dial(): Promise<Channel | 'refused'>;
}

export interface Connection {
  readonly store: StoreApi<ConnectionState>;
  link(): Link | null;
  /** Called after every successful connect, the first one included. */
  onOpen(listener: () => void): void;
  start(): void;
  /** Skips the wait for the next attempt; after a refusal, tries anew. */
  retryNow(): void;
}

const firstWaitMs = 300;
const longestWaitMs = 10_000;

/** Doubles from 0.3 s to 10 s. */
export function waitBefore(attempt: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.max(0, attempt - 1));
}

export function createConnection(dialer: Dialer): Connection {
  const store = createStore<ConnectionState>(() => ({ status: 'connecting' }));
  const listeners = new Set<() => void>();
  let link: Link | null = null;
  let wake: (() => void) | null = null;
  let holding = false;

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function hold(channel: Channel): Promise<void> {
    link = channel.link;
    store.setState({ status: 'open' }, true);
    for (const listener of listeners) listener();
    await channel.closed;
    link = null;
  }

  /** Dials for ever, until the host refuses the key. */
  async function keepOpen(): Promise<void> {
    holding = true;
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0) {
        store.setState({ status: 'lost', attempt }, true);
        await pause(waitBefore(attempt));
      }
      const channel = await dialer.dial().catch(() => null);
      if (channel === 'refused') {
        store.setState({ status: 'no-key' }, true);
        holding = false;
        return;
      }
      if (channel !== null) {
        await hold(channel);
        attempt = 0;
      }
    }
  }

  return {
    store,
    link: () => link,
    onOpen: (listener) => listeners.add(listener),
    start: () => void keepOpen(),
    retryNow() {
      if (holding) wake?.();
      else void keepOpen();
    },
  };
}
