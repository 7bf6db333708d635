import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import type { InventoryView } from './rules/twins.ts';

/** More devices under one key are told as so many; nobody looks through them. */
const mostTwins = 20;

/** The other devices of the inventory, without those that are out of use: their names are free again. */
export function inventoryView(
  database: Pick<Database, 'tables'>,
  /** The machine's own device; null: it is in the inventory under none. */
  own: string | null,
): InventoryView {
  const { devices, identities, records } = database.tables;
  const membership =
    own === null
      ? undefined
      : records.list(kindOf('cluster-member'), {
          ...{ words: [], sort: { field: null, descending: false }, offset: 0, limit: 1 },
          where: [{ field: 'device', value: own }],
        }).rows[0];
  return {
    memberOf: membership === undefined ? null : (membership.names.cluster ?? 'a cluster'),
    carriers: (key) =>
      identities
        .carriers(key, mostTwins + 2)
        .filter(({ deviceId }) => deviceId !== own && devices.get(deviceId)?.status !== 'retired')
        .slice(0, mostTwins),
  };
}
