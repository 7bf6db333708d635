import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type {
  DeviceSupplies,
  PowerLineRow,
  PowerOverview,
} from '../../../shared/contract/power.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

type Outputs = InferClientOutputs<Client>['power'];
type Inputs = InferClientInputs<Client>['power'];

/** A line of the tree; the table wants an id of it. */
export type PowerRow = PowerLineRow & { readonly id: string };

export interface PowerFilter {
  readonly search: string;
  /** Keys of lines whose branches are folded. */
  readonly collapsed: readonly string[];
}

/** What feeds what, and what it carries. */
export interface PowerStore {
  readonly overview: Resource<PowerOverview>;
  readonly tree: PagedTable<PowerRow, PowerFilter>;
  undocumented(page: number): Resource<Outputs['undocumented']>;
  device(deviceId: string): Resource<DeviceSupplies>;
  findOutlets(search: string, signal: AbortSignal): Promise<Outputs['outlets']['rows']>;
  addBreaker(input: Inputs['addBreaker']): Promise<Outcome<unknown>>;
  addUnit(input: Inputs['addUnit']): Promise<Outcome<unknown>>;
  addOutlets(deviceId: string, name: string, count: number): Promise<Outcome<unknown>>;
  plug(input: Inputs['plug'], name: string): Promise<Outcome<unknown>>;
  unplug(inputId: string, name: string): Promise<void>;
}

export const undocumentedPageSize = 100;
/** More branches than anybody folds by hand; the contract takes no more. */
const mostFolded = 500;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createPowerStore({ client: { power }, pool, notify }: Needs): PowerStore {
  const undocumented = pool.createKeyed((page, signal) =>
    power.undocumented(
      { offset: Number(page) * undocumentedPageSize, limit: undocumentedPageSize },
      { signal },
    ),
  );

  async function tell<T extends { readonly changeSetId: string }>(
    work: Promise<T>,
    text: string,
  ): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.done(text, { undoes: outcome.value.changeSetId });
    return outcome;
  }

  return {
    overview: pool.create((signal) => power.overview(undefined, { signal })),
    tree: createPagedTable<PowerRow, PowerFilter>({
      pool,
      filter: { search: '', collapsed: [] },
      format: (filter) => JSON.stringify(filter),
      async list({ search, collapsed }, part, signal) {
        const input = { search, collapsed: collapsed.slice(0, mostFolded), ...part };
        const { rows, total } = await power.tree(input, signal ? { signal } : {});
        return { total, rows: rows.map((row) => ({ ...row, id: row.key })) };
      },
      // One line at a time.
      allIds: () => Promise.resolve([]),
    }),
    undocumented: (page) => undocumented(String(page)),
    device: pool.createKeyed((deviceId, signal) => power.device({ deviceId }, { signal })),
    async findOutlets(search, signal) {
      const input = { search: search.slice(0, 200), free: false, limit: 50 };
      return (await power.outlets(input, { signal })).rows;
    },
    addBreaker: (input) => tell(power.addBreaker(input), `Added breaker ${input.name}.`),
    addUnit: (input) => tell(power.addUnit(input), `Added ${input.name}.`),
    addOutlets: (deviceId, name, count) =>
      tell(power.addOutlets({ deviceId, count }), `Added outlets to ${name}.`),
    plug: (input, name) => tell(power.plug(input), `Plugged ${name} in.`),
    async unplug(inputId, name) {
      const outcome = await tell(power.unplug({ inputId }), `Unplugged ${name}.`);
      if (!outcome.ok) notify.failed(outcome.failure);
    },
  };
}
