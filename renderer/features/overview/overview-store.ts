import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

export interface OverviewStore {
  /** The first devices whose facts differ from what is declared. */
  readonly different: Resource<DeviceRow[]>;
  /** The first devices that the last attempt could not read. */
  readonly failed: Resource<DeviceRow[]>;
  /** The first devices that could be reached and were never observed. */
  readonly unobserved: Resource<DeviceRow[]>;
  /** How many devices stand in no rack. */
  readonly withoutRack: Resource<number>;
}

const shownLimit = 8;

export function createOverviewStore(client: Client, pool: ResourcePool): OverviewStore {
  return {
    different: pool.create(async (signal) => {
      const input = {
        onlyDifferent: true,
        limit: shownLimit,
        sort: { key: 'differences', descending: true },
      } as const;
      return (await client.devices.list(input, { signal })).rows;
    }),
    failed: pool.create(async (signal) => {
      const input = { onlyFailed: true, limit: shownLimit };
      return (await client.devices.list(input, { signal })).rows;
    }),
    unobserved: pool.create(async (signal) => {
      const { rows } = await client.devices.list({ limit: 200, onlyUnobserved: true }, { signal });
      const reachable = rows.filter((row) => (row.primaryAddress ?? row.sshHost) !== null);
      return reachable.slice(0, shownLimit);
    }),
    withoutRack: pool.create(async (signal) => {
      const input = { limit: 1, onlyWithoutRack: true };
      return (await client.devices.list(input, { signal })).total;
    }),
  };
}
