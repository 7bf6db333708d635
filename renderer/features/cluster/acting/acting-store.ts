import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type {
  ActionDone,
  ActionPreview,
  Revision,
} from '../../../../shared/cluster/actions/preview.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type { Notifier } from '../../../app/notify.ts';
import { attempt, commandFailure } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, isAbort } from '../../../rpc/failure.ts';
import { createResourcePool, type Resource } from '../../../rpc/resource.ts';
import { doneText } from './act-words.ts';

/** One thing that is about to be done to one object. */
export interface ActEntry {
  readonly action: ClusterAction;
  /** Null until it is known. */
  readonly preview: ActionPreview | null;
  /** Why it cannot be done, or was not. */
  readonly failure: Failure | null;
  readonly done: ActionDone | null;
}

export interface ActingState {
  readonly entries: readonly ActEntry[];
  readonly state: 'looking' | 'looked' | 'running';
}

export interface ActingStore {
  readonly store: StoreApi<ActingState>;
  /** Looks up what each would come to, as the API says; what was looked up before is left. */
  look(contextId: string, actions: readonly ClusterAction[]): Promise<void>;
  /** Does what can be done, as it was shown. Null: not all of it went well, which the entries tell. */
  run(contextId: string): Promise<readonly ActionDone[] | null>;
  leave(): void;
  /** What a workload was, newest first. */
  revisions(contextId: string, of: ObjectName): Resource<readonly Revision[]>;
}

interface Needs {
  readonly client: { readonly cluster: Pick<Client['cluster'], 'actions'> };
  readonly notify: Notifier;
}

/** So many are looked at beside each other: the API has others to serve. */
const atOnce = 4;

const nothing: ActingState = { entries: [], state: 'looked' };

export function createActingStore({ client, notify }: Needs): ActingStore {
  const { actions: rpc } = client.cluster;
  const store = createStore<ActingState>(() => nothing);
  const pool = createResourcePool();
  let looking = new AbortController();

  const put = (index: number, part: Partial<ActEntry>) =>
    store.setState(({ entries }) => ({
      entries: entries.map((entry, at) => (at === index ? { ...entry, ...part } : entry)),
    }));

  async function previewed(contextId: string, action: ClusterAction, signal: AbortSignal) {
    try {
      const preview = await rpc.preview({ contextId, action }, { signal });
      return { preview, failure: null };
    } catch (error) {
      if (isAbort(error)) throw error;
      return { preview: null, failure: commandFailure(error) };
    }
  }

  async function look(contextId: string, all: readonly ClusterAction[]): Promise<void> {
    looking.abort();
    const current = new AbortController();
    looking = current;
    // What was shown of the same number of objects stays until the new is there: nothing flickers.
    const before = store.getState().entries;
    const isSame = before.length === all.length;
    store.setState({
      state: 'looking',
      entries: all.map((action, index) => {
        const known = isSame ? before[index] : undefined;
        return { action, preview: known?.preview ?? null, failure: null, done: null };
      }),
    });
    const left = [...all.entries()];
    const worker = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const [index, action] = next;
        const found = await previewed(contextId, action, current.signal);
        if (looking !== current) return;
        put(index, found);
      }
    };
    try {
      await Promise.all(Array.from({ length: atOnce }, worker));
    } catch (error) {
      if (!isAbort(error)) throw error;
    }
    if (looking === current) store.setState({ state: 'looked' });
  }

  async function run(contextId: string): Promise<readonly ActionDone[] | null> {
    if (store.getState().state !== 'looked') return null;
    store.setState({ state: 'running' });
    const results: ActionDone[] = [];
    for (const [index, { action, preview, done }] of store.getState().entries.entries()) {
      if (preview === null || done !== null) continue;
      const outcome = await attempt(rpc.run({ contextId, action, hash: preview.hash }));
      if (outcome.ok) results.push(outcome.value);
      put(index, outcome.ok ? { done: outcome.value } : { failure: outcome.failure });
    }
    store.setState({ state: 'looked' });
    const { entries } = store.getState();
    tell(contextId, entries);
    return entries.every(({ done }) => done !== null) ? results : null;
  }

  /** What was done can be taken back where it stands on the screen, as everywhere. */
  function tell(contextId: string, entries: readonly ActEntry[]): void {
    const done = entries.flatMap((entry) => (entry.done === null ? [] : [entry.done]));
    const text = doneText(entries);
    if (text === null) return;
    const back = done.flatMap(({ undo }) => (undo === null ? [] : [undo]));
    const undo = back.length === 0 ? {} : { undo: () => void takeBack(contextId, back) };
    notify.done(text, { ...undo, partly: done.length < entries.length });
  }

  async function takeBack(contextId: string, all: readonly ClusterAction[]): Promise<void> {
    const says: string[] = [];
    for (const action of all.toReversed()) {
      const outcome = await attempt(
        rpc.preview({ contextId, action }).then(({ hash }) => rpc.run({ contextId, action, hash })),
      );
      if (!outcome.ok) return notify.failed(outcome.failure);
      says.push(outcome.value.says);
    }
    notify.done(says.length === 1 ? (says[0] ?? '') : `Took back ${says.length} changes.`);
  }

  const revisions = pool.createKeyed(async (key, signal) => {
    const [contextId = '', kind = '', namespace = '', name = ''] = key.split(' ');
    const asked = { contextId, kind, namespace: namespace === '' ? null : namespace, name };
    return (await rpc.revisions(asked, { signal })).revisions;
  });

  return {
    store,
    look,
    run,
    leave() {
      looking.abort();
      store.setState(nothing, true);
    },
    revisions: (contextId, { kind, namespace, name }) =>
      revisions(`${contextId} ${kind} ${namespace ?? ''} ${name}`),
  };
}
