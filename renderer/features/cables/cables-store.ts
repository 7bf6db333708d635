import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type {
  CableLink,
  CableRow,
  CableTrace,
  LinkState,
  SocketRow,
} from '../../../shared/contract/cabling.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { type CableFilter, everyCable, formatCableFilter } from './cable-filter.ts';

type Outputs = InferClientOutputs<Client>['cabling'];
type Inputs = InferClientInputs<Client>['cabling'];
export type LinkList = Outputs['links'];
export type NewCableInput = Inputs['connect'];
export type NewCablesInput = Inputs['connectMany'];

/** Cables by hand and what LLDP says of them. */
export interface CablesStore {
  readonly table: PagedTable<CableRow, CableFilter>;
  trace(socketId: string): Resource<CableTrace>;
  links(state: LinkState): Resource<LinkList>;
  /** Devices with ports that have no cable. */
  freeDevices(page: number): Resource<Outputs['devices']>;
  /** The ports of a device, the first of many; with `free` those without a cable. */
  ports(deviceId: string, free: boolean): Resource<{ rows: SocketRow[]; total: number }>;
  findDevices(search: string, signal: AbortSignal): Promise<Outputs['devices']['rows']>;
  connect(input: NewCableInput): Promise<Outcome<{ label: string }>>;
  connectMany(input: NewCablesInput): Promise<Outcome<unknown>>;
  accept(links: readonly CableLink[]): Promise<void>;
  dismiss(links: readonly CableLink[]): Promise<void>;
  restore(links: readonly CableLink[]): Promise<void>;
}

export const freePageSize = 100;
/** More ports than any device has that a person cables by hand. */
const mostPorts = 500;
const mostLinks = 500;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createCablesStore({ client, pool, notify }: Needs): CablesStore {
  const { cabling } = client;
  const traces = pool.createKeyed((socketId, signal) => cabling.trace({ socketId }, { signal }));
  const links = pool.createKeyed(
    (state, signal) => cabling.links({ state: state as LinkState, limit: mostLinks }, { signal }), // see `links`
  );
  const devices = pool.createKeyed((page, signal) =>
    cabling.devices(
      { free: true, offset: Number(page) * freePageSize, limit: freePageSize },
      { signal },
    ),
  );
  const ports = pool.createKeyed((key, signal) => {
    const [deviceId = '', free] = key.split(' ');
    return cabling.sockets({ deviceId, free: free === 'free', limit: mostPorts }, { signal });
  });

  async function tell(
    work: Promise<{ readonly changeSetId: string; readonly count: number }>,
    verb: string,
  ): Promise<void> {
    const outcome = await attempt(work);
    if (!outcome.ok) notify.failed(outcome.failure);
    else {
      const { count, changeSetId } = outcome.value;
      notify.done(`${verb} ${formatCount(count, 'cable')}.`, { undoes: changeSetId });
    }
  }
  const keysOf = (chosen: readonly CableLink[]) => ({ keys: chosen.map(({ key }) => key) });

  return {
    table: createPagedTable<CableRow, CableFilter>({
      pool,
      filter: everyCable,
      format: formatCableFilter,
      list: (filter, part, signal) =>
        cabling.list({ ...inputOf(filter), ...part }, signal ? { signal } : {}),
      async allIds(filter) {
        const ids: string[] = [];
        for (let total = 1; ids.length < total; ) {
          const part = { offset: ids.length, limit: mostLinks };
          const { rows, total: now } = await cabling.list({ ...inputOf(filter), ...part });
          ids.push(...rows.map(({ id }) => id));
          total = rows.length === 0 ? 0 : now;
        }
        return ids;
      },
    }),
    trace: traces,
    links,
    freeDevices: (page) => devices(String(page)),
    ports: (deviceId, free) => ports(`${deviceId} ${free ? 'free' : 'all'}`),
    async findDevices(search, signal) {
      const input = { search: search.slice(0, 200), limit: 30 };
      return (await cabling.devices(input, { signal })).rows;
    },
    async connect(input) {
      const outcome = await attempt(cabling.connect(input));
      if (outcome.ok) {
        const { label, changeSetId } = outcome.value;
        notify.done(`Added cable ${label}.`, { undoes: changeSetId });
      }
      return outcome;
    },
    async connectMany(input) {
      const outcome = await attempt(cabling.connectMany(input));
      if (outcome.ok) {
        const { count, changeSetId } = outcome.value;
        notify.done(`Added ${formatCount(count, 'cable')}.`, { undoes: changeSetId });
      }
      return outcome;
    },
    accept: (chosen) =>
      tell(
        cabling.acceptLinks({ items: chosen.map(({ key, version }) => ({ key, version })) }),
        'Accepted',
      ),
    dismiss: (chosen) => tell(cabling.dismissLinks(keysOf(chosen)), 'Dismissed'),
    restore: (chosen) => tell(cabling.restoreLinks(keysOf(chosen)), 'Brought back'),
  };
}

const inputOf = ({ search, types, statuses, open, sort }: CableFilter) => ({
  search,
  types: [...types],
  statuses: [...statuses],
  open,
  sort: { ...sort },
});
