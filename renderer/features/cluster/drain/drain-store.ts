import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import { type DrainOptions, usualDrain } from '../../../../shared/cluster/drain/options.ts';
import { attempt, type Outcome } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../rpc/failure.ts';

export interface DrainState {
  readonly options: DrainOptions;
  /** What was found last, also while it is looked at again. */
  readonly preview: DrainPreview | null;
  readonly failure: Failure | null;
  readonly looking: boolean;
}

/** The node that is about to be drained: what that would come to, and that it begins. */
export interface DrainStore {
  readonly store: StoreApi<DrainState>;
  /** Returns what leaves it. */
  open(contextId: string, node: string): () => void;
  choose(options: Partial<DrainOptions>): void;
  again(): void;
  run(): Promise<Outcome<{ readonly jobId: string }> | null>;
}

interface Needs {
  readonly client: { readonly cluster: Pick<Client['cluster'], 'drain'> };
}

const none: DrainState = { options: usualDrain, preview: null, failure: null, looking: false };

export function createDrainStore({ client }: Needs): DrainStore {
  const { drain } = client.cluster;
  const store = createStore<DrainState>(() => none);
  let asked: { readonly contextId: string; readonly node: string } | null = null;
  let running: AbortController | null = null;

  async function look(): Promise<void> {
    running?.abort();
    if (asked === null) return;
    const current = new AbortController();
    running = current;
    store.setState({ looking: true, failure: null });
    try {
      const { options } = store.getState();
      const preview = await drain.preview({ ...asked, options }, { signal: current.signal });
      if (running === current) store.setState({ preview, looking: false });
    } catch (error) {
      if (running !== current || isAbort(error)) return;
      store.setState({ failure: toFailure(error), looking: false });
    }
  }

  return {
    store,
    open(contextId, node) {
      const opened = { contextId, node };
      asked = opened;
      store.setState(none, true);
      void look();
      return () => {
        if (asked !== opened) return;
        running?.abort();
        asked = null;
        store.setState(none, true);
      };
    },
    choose(part) {
      store.setState(({ options }) => ({ options: { ...options, ...part } }));
      void look();
    },
    again: () => void look(),
    async run() {
      const { preview, options } = store.getState();
      if (asked === null || preview === null) return null;
      return await attempt(drain.run({ ...asked, options, hash: preview.hash }));
    },
  };
}
