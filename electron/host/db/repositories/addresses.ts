import type Sqlite from 'better-sqlite3';
import type { Address } from '../../../../shared/network/address.ts';
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
  /** What has this very address, or gives it out, by what it is called: `pi-1 eth0`, `10.0.0.0/24`. */
  uses(address: Address): AddressUse[];
  /** Of the narrowest prefix that it lies in. */
  prefixLengthAt(address: Address): number | undefined;
}

export interface AddressUse {
  readonly what: 'address' | 'gateway' | 'reservation' | 'range';
  readonly name: string;
  /** Of a range its role, of a reservation its MAC. */
  readonly detail: string | null;
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
  const uses = sqlite.prepare<[{ at: Buffer }], AddressUse>(
    `SELECT 'address' AS what, coalesce(d.name || ' ' || i.name, 'a virtual address') AS name,
       NULL AS detail
     FROM ip_address a LEFT JOIN interface i ON i.id = a.interface_id
       LEFT JOIN device d ON d.id = i.device_id WHERE a.bytes = @at
     UNION ALL SELECT 'reservation', coalesce(hostname, mac), mac FROM dhcp_reservation
       WHERE address_bytes = @at
     UNION ALL SELECT 'gateway', prefix, NULL FROM prefix WHERE gateway_bytes = @at
     UNION ALL SELECT 'range', range, role FROM ip_range
       WHERE range_start <= @at AND range_end >= @at LIMIT 10`,
  );
  const lengthAt = sqlite
    .prepare<[{ at: Buffer }], number>(
      `SELECT prefix_length FROM prefix WHERE start_bytes <= @at AND end_bytes >= @at
       ORDER BY prefix_length DESC LIMIT 1`,
    )
    .pluck();
  return {
    idsOf: (address) => idsOf.all(address),
    uses: ({ family, value }) => uses.all({ at: numberToBytes(family, value) }),
    prefixLengthAt: ({ family, value }) => lengthAt.get({ at: numberToBytes(family, value) }),
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
