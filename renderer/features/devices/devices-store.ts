import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedState, type PagedTable } from '../../rpc/paged-table.ts';
import type { ResourcePool } from '../../rpc/resource.ts';
import { type DeviceFilter, formatFilter, noFilter } from './device-filter.ts';

export type DevicesState = PagedState<DeviceRow, DeviceFilter>;
export type DevicesStore = PagedTable<DeviceRow, DeviceFilter>;

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
}

/** As many as one change may take. */
const mostSelected = 20_000;

const query = (filter: DeviceFilter) => ({
  ...filter,
  kinds: [...filter.kinds],
  statuses: [...filter.statuses],
});

export function createDevicesStore({ client, pool }: Needs): DevicesStore {
  return createPagedTable<DeviceRow, DeviceFilter>({
    pool,
    filter: noFilter,
    format: formatFilter,
    list: (filter, part, signal) =>
      client.devices.list({ ...query(filter), ...part }, signal === undefined ? {} : { signal }),
    async allIds(filter) {
      const part = { offset: 0, limit: mostSelected };
      const { rows } = await client.devices.list({ ...query(filter), ...part });
      return rows.map(({ id }) => id);
    },
  });
}
