import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { mostAtOnce, type Proposal } from '../../../shared/model/proposals.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { type KeyedSelection, nothingPicked, pickRow } from '../../ui/data-table/pick-row.ts';
import type { PickMode } from '../../ui/data-table/table-selection.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { formatView, type ProposalView, parseView } from './proposal-filter.ts';

export type ProposalList = InferClientOutputs<Client>['proposals']['list'];
export type ProposalCounts = InferClientOutputs<Client>['proposals']['counts'];

/** Rows of one page of the list. */
export const pageSize = 100;

export type ProposalSelection = KeyedSelection<Proposal>;

export interface ProposalsStore {
  readonly selection: StoreApi<ProposalSelection>;
  readonly counts: Resource<ProposalCounts>;
  countsOf(deviceId: string): Resource<ProposalCounts>;
  list(view: ProposalView): Resource<ProposalList>;
  pick(rows: readonly Proposal[], index: number, mode: PickMode): void;
  selectAll(rows: readonly Proposal[]): void;
  clearSelection(): void;
  accept(rows: readonly Proposal[]): Promise<void>;
  /** All that the view finds, while the list is still as it was shown. */
  acceptAll(view: ProposalView, list: Pick<ProposalList, 'revision'>): Promise<void>;
  dismiss(rows: readonly Proposal[]): Promise<void>;
  restore(rows: readonly Proposal[]): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createProposalsStore({ client, pool, notify }: Needs): ProposalsStore {
  const selection = createStore<ProposalSelection>(() => nothingPicked);
  const lists = pool.createKeyed((query, signal) =>
    client.proposals.list({ ...parseView(query), limit: pageSize }, { signal }),
  );

  async function command(
    work: Promise<{ readonly changeSetId: string; readonly count: number }>,
    done: (count: number) => string,
  ): Promise<void> {
    const outcome = await attempt(work);
    selection.setState(nothingPicked);
    if (!outcome.ok) notify.failed(outcome.failure);
    else notify.done(done(outcome.value.count), { undoes: outcome.value.changeSetId });
  }

  const named = (rows: readonly Proposal[]) => (count: number) => {
    const [only] = rows;
    return rows.length === 1 && only !== undefined
      ? isolated(only.name)
      : formatCount(count, 'proposal');
  };

  return {
    selection,
    counts: pool.create((signal) => client.proposals.counts(undefined, { signal })),
    countsOf: pool.createKeyed((deviceId, signal) =>
      client.proposals.counts({ deviceId }, { signal }),
    ),
    list: (view) => lists(formatView(view)),
    pick(rows, index, mode) {
      const row = rows[index];
      if (row === undefined) return;
      selection.setState(pickRow(selection.getState(), { rows, row, index }, mode));
    },
    selectAll: (rows) =>
      selection.setState({ selected: new Map(rows.map((row) => [row.key, row])), follows: false }),
    clearSelection: () => selection.setState(nothingPicked),
    accept: (rows) =>
      command(
        client.proposals.accept({ items: itemsOf(rows) }),
        (count) => `Accepted ${named(rows)(count)}.`,
      ),
    acceptAll({ area, deviceId, search }, { revision }) {
      const filter = { area, deviceId, search };
      return command(
        client.proposals.accept({ filter, revision }),
        (count) => `Accepted ${formatCount(count, 'proposal')}.`,
      );
    },
    dismiss: (rows) =>
      command(
        client.proposals.dismiss({ items: itemsOf(rows) }),
        (count) => `Dismissed ${named(rows)(count)}. It is not proposed again.`,
      ),
    restore: (rows) =>
      command(
        client.proposals.restore({ keys: rows.map(({ key }) => key) }),
        (count) => `Brought back ${named(rows)(count)}.`,
      ),
  };
}

const itemsOf = (rows: readonly Proposal[]) =>
  rows.slice(0, mostAtOnce).map(({ key, version }) => ({ key, version }));
