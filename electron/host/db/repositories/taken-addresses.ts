import type Sqlite from 'better-sqlite3';
import type { AddressUse } from '../../../../shared/model/networks.ts';
import type { AddressRange } from '../../../../shared/network/range.ts';
import { bytesToNumber, mappedRange, numberToBytes } from '../address.ts';

/** An address that something has or keeps; the first uses of it, and how many there are. */
export interface TakenAddress {
  readonly value: bigint;
  readonly uses: readonly AddressUse[];
  readonly useCount: number;
}

export interface TakenAddressRepository {
  /** The taken addresses of a range in their order: a page of them. */
  page(within: AddressRange, offset: number, limit: number): TakenAddress[];
  /** The lowest of them alone. */
  values(within: AddressRange, limit: number): bigint[];
}

interface Bounds {
  readonly start: Buffer;
  readonly end: Buffer;
}

interface StoredUse {
  readonly bytes: Buffer;
  readonly uses: number;
  readonly place: number;
}

type StoredAddressUse = StoredUse & Omit<Extract<AddressUse, { type: 'address' }>, 'type'>;
type StoredReservation = StoredUse & Omit<Extract<AddressUse, { type: 'reservation' }>, 'type'>;
type StoredGateway = StoredUse & Omit<Extract<AddressUse, { type: 'gateway' }>, 'type'>;

/** Of an address that many have, as a default of copied machines, some are enough. */
const shownUses = 4;

const listed = (column: string, id: string) =>
  `count(*) OVER (PARTITION BY ${column}) AS uses,
   row_number() OVER (PARTITION BY ${column} ORDER BY ${id}) AS place`;

/** Who has which address; each of the three kinds of use is read for the page alone. */
export function createTakenAddressRepository(sqlite: Sqlite.Database): TakenAddressRepository {
  // Each part comes in the order of its index, so that no page sorts what it does not show.
  const bytesOfPage = sqlite
    .prepare<[Bounds & { limit: number; offset: number }], Buffer>(
      `SELECT bytes FROM ip_address WHERE bytes BETWEEN @start AND @end
       UNION SELECT address_bytes FROM dhcp_reservation WHERE address_bytes BETWEEN @start AND @end
       UNION SELECT gateway_bytes FROM prefix WHERE gateway_bytes BETWEEN @start AND @end
       ORDER BY 1 LIMIT @limit OFFSET @offset`,
    )
    .pluck();
  const addresses = sqlite.prepare<[Bounds], StoredAddressUse>(
    `SELECT * FROM (
       SELECT a.bytes, ${listed('a.bytes', 'a.id')}, a.id, a.prefix_length AS length, a.role, a.sharing,
         a.dns_name AS dnsName, i.id AS interfaceId, i.name AS interfaceName, d.id AS deviceId,
         d.name AS deviceName,
         (SELECT count(*) FROM address_holder h WHERE h.address_id = a.id) AS holders
       FROM ip_address a LEFT JOIN interface i ON i.id = a.interface_id
       LEFT JOIN device d ON d.id = i.device_id WHERE a.bytes BETWEEN @start AND @end)
     WHERE place <= ${shownUses}`,
  );
  const reservations = sqlite.prepare<[Bounds], StoredReservation>(
    `SELECT r.address_bytes AS bytes, 1 AS uses, 1 AS place, r.id, r.mac, r.hostname,
       d.id AS deviceId, d.name AS deviceName, i.name AS interfaceName
     FROM dhcp_reservation r LEFT JOIN interface i ON i.id = r.interface_id
     LEFT JOIN device d ON d.id = i.device_id WHERE r.address_bytes BETWEEN @start AND @end`,
  );
  const gateways = sqlite.prepare<[Bounds], StoredGateway>(
    `SELECT * FROM (
       SELECT p.gateway_bytes AS bytes, ${listed('p.gateway_bytes', 'p.id')}, p.id, p.prefix
       FROM prefix p WHERE p.gateway_bytes BETWEEN @start AND @end)
     WHERE place <= ${shownUses}`,
  );
  const boundsOf = ({ family, first, last }: AddressRange): Bounds => {
    const around = family === 6 && first <= mappedRange.first && last >= mappedRange.last;
    return {
      start: numberToBytes(family, around ? mappedRange.last + 1n : first),
      end: numberToBytes(family, last),
    };
  };
  return {
    values: (within, limit) =>
      bytesOfPage
        .all({ ...boundsOf(within), limit, offset: 0 })
        .map((bytes) => bytesToNumber(within.family, bytes)),
    page(within, offset, limit) {
      const page = bytesOfPage.all({ ...boundsOf(within), limit, offset });
      const [start, end] = [page[0], page.at(-1)];
      if (start === undefined || end === undefined) return [];
      const found = new Map<string, { uses: AddressUse[]; useCount: number }>(
        page.map((bytes) => [bytes.toString('hex'), { uses: [], useCount: 0 }]),
      );
      const note = ({ bytes, uses, place }: StoredUse, use: AddressUse) => {
        const entry = found.get(bytes.toString('hex'));
        entry?.uses.push(use);
        if (place === 1 && entry !== undefined) entry.useCount += uses;
      };
      for (const { bytes, uses, place, ...use } of addresses.all({ start, end })) {
        note({ bytes, uses, place }, { type: 'address', ...use });
      }
      for (const { bytes, uses, place, ...use } of reservations.all({ start, end })) {
        note({ bytes, uses, place }, { type: 'reservation', ...use });
      }
      for (const { bytes, uses, place, ...use } of gateways.all({ start, end })) {
        note({ bytes, uses, place }, { type: 'gateway', ...use });
      }
      return page.map((bytes) => ({
        value: bytesToNumber(within.family, bytes),
        ...(found.get(bytes.toString('hex')) ?? { uses: [], useCount: 0 }),
      }));
    },
  };
}
