import type Sqlite from 'better-sqlite3';
import { type Prefix, prefixOf } from '../../../../shared/network/prefix.ts';
import type { AddressRange } from '../../../../shared/network/range.ts';
import { bytesToNumber, familyOf, mappedRange, numberToBytes } from '../address.ts';

export interface IdPrefix extends Prefix {
  readonly id: string;
  readonly vlanId: string | null;
}

/** A prefix of the inventory with what it refers to. */
export interface DescribedPrefix {
  readonly id: string;
  readonly prefix: string;
  readonly gateway: string | null;
  readonly purpose: string | null;
  readonly comment: string | null;
  readonly vlanId: string | null;
  readonly vlanNumber: number | null;
  readonly vlanName: string | null;
  readonly traffic: string | null;
  readonly site: string | null;
}

export interface IdRange extends AddressRange {
  readonly id: string;
  readonly role: string;
  readonly server: string | null;
  readonly comment: string | null;
}

/** How many addresses lie in each block: its first address, and the count. */
export interface BlockCount {
  readonly first: bigint;
  readonly count: number;
}

/** The whole address space as it is declared: prefixes, ranges, and how many addresses are used where. */
export interface PrefixSpaceRepository {
  /** Every prefix, in no order that counts. */
  prefixes(): IdPrefix[];
  /** Of those whose prefix, VLAN, site or purpose holds all words: the ids. */
  matching(words: readonly string[]): Set<string>;
  describe(ids: readonly string[]): Map<string, DescribedPrefix>;
  /** By their first address. */
  ranges(): IdRange[];
  /** Different addresses in a range that something has: an interface, a reservation, a gateway. */
  usedCount(within: AddressRange): number;
  /** The same by blocks of that length, those that have any; in order, the first `limit` of them. */
  usedByBlock(within: Prefix, length: number, limit: number): BlockCount[];
}

function boundsOf({ family, first, last }: AddressRange): Bounds[] {
  const bounds = (from: bigint, to: bigint) => ({
    start: numberToBytes(family, from),
    end: numberToBytes(family, to),
  });
  const around = family === 6 && first <= mappedRange.first && last >= mappedRange.last;
  if (!around) return [bounds(first, last)];
  return [
    ...(first < mappedRange.first ? [bounds(first, mappedRange.first - 1n)] : []),
    bounds(mappedRange.last + 1n, last),
  ];
}

/** What takes an address without an interface having it. */
const takenOtherwise = `SELECT address_bytes AS bytes FROM dhcp_reservation
    WHERE address_bytes BETWEEN @start AND @end
    AND NOT EXISTS (SELECT 1 FROM ip_address a WHERE a.bytes = address_bytes)
  UNION SELECT gateway_bytes FROM prefix WHERE gateway_bytes BETWEEN @start AND @end
    AND NOT EXISTS (SELECT 1 FROM ip_address a WHERE a.bytes = gateway_bytes)`;

const described = `SELECT p.id, p.prefix, p.gateway, p.purpose, p.comment, v.id AS vlanId,
    v.number AS vlanNumber, v.name AS vlanName, v.traffic, s.name AS site
  FROM prefix p LEFT JOIN vlan v ON v.id = p.vlan_id LEFT JOIN site s ON s.id = p.site_id`;

export function createPrefixSpaceRepository(sqlite: Sqlite.Database): PrefixSpaceRepository {
  const all = sqlite
    .prepare<[], [string, number, Buffer, string | null]>(
      'SELECT id, prefix_length, start_bytes, vlan_id FROM prefix',
    )
    .raw();
  const describe = sqlite.prepare<[string], DescribedPrefix>(
    `${described} WHERE p.id IN (SELECT value FROM json_each(?))`,
  );
  const searchable = sqlite.prepare<[], { id: string; text: string }>(
    `SELECT p.id, concat_ws(' ', p.prefix, v.name, 'vlan' || v.number, v.number, p.purpose, s.name) AS text
     FROM prefix p LEFT JOIN vlan v ON v.id = p.vlan_id LEFT JOIN site s ON s.id = p.site_id`,
  );
  const ranges = sqlite.prepare<[], StoredRange>(
    `SELECT r.id, r.range_start AS start, r.range_end AS "end", r.role, r.comment, d.name AS server
     FROM ip_range r LEFT JOIN device d ON d.id = r.server_id ORDER BY r.range_start, r.range_end`,
  );
  // Counted in the order of the index; DISTINCT alone would sort them once more.
  const addresses = sqlite
    .prepare<[Bounds], number>(
      'SELECT count(*) FROM (SELECT DISTINCT bytes FROM ip_address WHERE bytes BETWEEN @start AND @end)',
    )
    .pluck();
  const others = sqlite
    .prepare<[Bounds], number>(`SELECT count(*) FROM (${takenOtherwise})`)
    .pluck();
  const byBlock = sqlite
    .prepare<[Bounds & { octets: number; limit: number }], [Buffer, number]>(
      `SELECT substr(bytes, 1, @octets), count(*) FROM (
       SELECT DISTINCT bytes FROM ip_address WHERE bytes BETWEEN @start AND @end
       UNION ALL SELECT bytes FROM (${takenOtherwise}))
     GROUP BY 1 ORDER BY 1 LIMIT @limit`,
    )
    .raw();
  return {
    prefixes: () =>
      all.all().map(([id, length, start, vlanId]) => {
        const family = familyOf(start);
        const { first, last } = prefixOf({ family, value: bytesToNumber(family, start) }, length);
        return { id, vlanId, family, length, first, last };
      }),
    matching(words) {
      const wanted = words.map((word) => word.toLowerCase());
      const found = searchable.all().filter(({ text }) => {
        const low = text.toLowerCase();
        return wanted.every((word) => low.includes(word));
      });
      return new Set(found.map(({ id }) => id));
    },
    describe: (ids) => new Map(describe.all(JSON.stringify(ids)).map((row) => [row.id, row])),
    ranges: () => ranges.all().map(readRange),
    usedCount: (within) =>
      boundsOf(within).reduce(
        (sum, bounds) => sum + (addresses.get(bounds) ?? 0) + (others.get(bounds) ?? 0),
        0,
      ),
    usedByBlock: (within, length, limit) =>
      boundsOf(within).flatMap((bounds) => {
        const octets = (within.family === 4 ? 12 : 0) + length / 8;
        return byBlock.all({ ...bounds, octets, limit }).map(([start, count]) => ({
          first: bytesToNumber(within.family, Buffer.concat([start, Buffer.alloc(16 - octets)])),
          count,
        }));
      }),
  };
}

interface Bounds {
  readonly start: Buffer;
  readonly end: Buffer;
}

interface StoredRange {
  readonly id: string;
  readonly start: Buffer;
  readonly end: Buffer;
  readonly role: string;
  readonly comment: string | null;
  readonly server: string | null;
}

function readRange({ start, end, ...row }: StoredRange): IdRange {
  const family = familyOf(start);
  return {
    ...row,
    family,
    first: bytesToNumber(family, start),
    last: bytesToNumber(family, end),
  };
}
