import { columnValues, rowsOf } from '../../../shared/model/columns.ts';
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
    async list(filter, part, signal) {
      const input = { ...query(filter), ...part };
      const { list, total } = await client.devices.columns(
        input,
        signal === undefined ? {} : { signal },
      );
      return { rows: rowsOf(list), total };
    },
    async allIds(filter) {
      const part = { offset: 0, limit: mostSelected };
      const { list } = await client.devices.columns({ ...query(filter), ...part });
      return columnValues(list, 'id');
    },
  });
}
