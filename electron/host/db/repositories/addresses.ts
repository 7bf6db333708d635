import type Sqlite from 'better-sqlite3';
import type { AddressRange } from '../../../../shared/network/range.ts';
import { bytesToNumber, numberToBytes } from '../address.ts';

export interface AddressRepository {
  /**
   * What of a range is in use, in no order and with overlaps: addresses, gateways, DHCP reservations,
   * and ranges that are given out or kept.
   */
  taken(within: AddressRange): AddressRange[];
  /** Of the rows with that address, canonical and without its length. */
  idsOf(address: string): string[];
}

export function createAddressRepository(sqlite: Sqlite.Database): AddressRepository {
  const taken = sqlite.prepare<[{ start: Buffer; end: Buffer }], { first: Buffer; last: Buffer }>(
    `SELECT bytes AS first, bytes AS last FROM ip_address WHERE bytes BETWEEN @start AND @end
     UNION ALL SELECT address_bytes, address_bytes FROM dhcp_reservation
       WHERE address_bytes BETWEEN @start AND @end
     UNION ALL SELECT gateway_bytes, gateway_bytes FROM prefix
       WHERE gateway_bytes BETWEEN @start AND @end
     UNION ALL SELECT range_start, range_end FROM ip_range
       WHERE range_start <= @end AND range_end >= @start`,
  );
  const idsOf = sqlite
    .prepare<[string], string>('SELECT id FROM ip_address WHERE address = ? ORDER BY id LIMIT 100')
    .pluck();
  return {
    idsOf: (address) => idsOf.all(address),
    taken({ family, first, last }) {
      const bounds = { start: numberToBytes(family, first), end: numberToBytes(family, last) };
      return taken.all(bounds).map((row) => ({
        family,
        first: bytesToNumber(family, row.first),
        last: bytesToNumber(family, row.last),
      }));
    },
  };
}
