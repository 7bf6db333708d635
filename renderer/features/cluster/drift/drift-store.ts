import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DriftLine } from '../../../../shared/cluster/drift/drift-line.ts';
import { mostAtOnce } from '../../../../shared/model/proposals.ts';
import type { Notifier } from '../../../app/notify.ts';
import { attempt } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import { createResourcePool, type Resource, type ResourcePool } from '../../../rpc/resource.ts';
import { type KeyedSelection, nothingPicked, pickRow } from '../../../ui/data-table/pick-row.ts';
import type { PickMode } from '../../../ui/data-table/table-selection.ts';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { type DriftView, formatDriftView, parseDriftView } from './drift-view.ts';

type Cluster = InferClientOutputs<Client>['cluster'];
export type DriftPage = Cluster['drift']['list'];
export type Answered = Cluster['questions']['ask'];

/** Rows of one page of the list. */
export const pageSize = 100;

export type DriftVerb = 'accept' | 'dismiss' | 'restore';

export interface DriftStore {
  readonly selection: StoreApi<KeyedSelection<DriftLine>>;
  /** Whether the cluster is being read again. */
  readonly reading: StoreApi<boolean>;
  list(contextId: string, view: DriftView): Resource<DriftPage>;
  questions(contextId: string): Resource<Answered>;
  /** Reads the cluster now. */
  readAgain(contextId: string): Promise<void>;
  pick(rows: readonly DriftLine[], index: number, mode: PickMode): void;
  selectAll(rows: readonly DriftLine[]): void;
  clearSelection(): void;
  change(verb: DriftVerb, contextId: string, rows: readonly DriftLine[]): Promise<void>;
}

interface Needs {
  readonly client: Client;
  /** Read anew when the inventory changes. */
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

const done: Readonly<Record<DriftVerb, string>> = {
  accept: 'Accepted',
  dismiss: 'Dismissed',
  restore: 'Brought back',
};

export function createDriftStore({ client, pool, notify }: Needs): DriftStore {
  const { drift, questions } = client.cluster;
  const selection = createStore<KeyedSelection<DriftLine>>(() => nothingPicked);
  const reading = createStore<boolean>(() => false);
  // The answers rest on the cluster more than on the inventory, and take longer.
  const own = createResourcePool();
  // Reading the cluster again changes nothing of the inventory.
  const compared = createResourcePool();
  pool.onInvalidate(() => compared.invalidate());
  const lists = compared.createKeyed((key, signal) => {
    const [contextId = '', query = ''] = key.split('?');
    return drift.list({ contextId, ...parseDriftView(query), limit: pageSize }, { signal });
  });
  const asked = own.createKeyed((contextId, signal) => questions.ask({ contextId }, { signal }));
  return {
    selection,
    reading,
    list: (contextId, view) => lists(`${contextId}?${formatDriftView(view)}`),
    questions: asked,
    async readAgain(contextId) {
      if (reading.getState()) return;
      reading.setState(true, true);
      const outcome = await attempt(drift.list({ contextId, fresh: true, limit: 1 }));
      reading.setState(false, true);
      if (!outcome.ok) notify.failed(outcome.failure);
      selection.setState(nothingPicked);
      own.invalidate();
      compared.invalidate();
    },
    pick(rows, index, mode) {
      const row = rows[index];
      if (row !== undefined) {
        selection.setState(pickRow(selection.getState(), { rows, row, index }, mode));
      }
    },
    selectAll: (rows) =>
      selection.setState({ selected: new Map(rows.map((row) => [row.key, row])), follows: false }),
    clearSelection: () => selection.setState(nothingPicked),
    async change(verb, contextId, rows) {
      const keys = rows.slice(0, mostAtOnce).map(({ key }) => key);
      const outcome = await attempt(drift[verb]({ contextId, keys }));
      selection.setState(nothingPicked);
      if (!outcome.ok) {
        notify.failed(outcome.failure);
        return;
      }
      const { changeSetId, count } = outcome.value;
      const [only] = rows;
      const what =
        rows.length === 1 && only !== undefined
          ? `${only.label.toLowerCase()} of ${isolated(only.subject)}`
          : formatCount(count, 'difference');
      notify.done(`${done[verb]} ${what}.`, { undoes: changeSetId });
    },
  };
}
