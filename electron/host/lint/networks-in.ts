import { type Address, bitsOf, type Family } from '../../../shared/network/address.ts';
import {
  type Prefix,
  parseHostAddress,
  parsePrefix,
  prefixOf,
} from '../../../shared/network/prefix.ts';
import { type AddressRange, parseRange } from '../../../shared/network/range.ts';
import { groupBy, type LintInventory, type LintRow } from './lint-inventory.ts';

export interface KnownPrefix {
  readonly row: LintRow;
  readonly prefix: Prefix;
}

export interface KnownAddress {
  readonly row: LintRow;
  readonly address: Address;
  readonly length: number;
}

export interface KnownRange {
  readonly row: LintRow;
  readonly range: AddressRange;
}

/** The networks of an inventory as numbers, read from their texts once for all rules. */
export interface Networks {
  readonly prefixes: readonly KnownPrefix[];
  readonly addresses: readonly KnownAddress[];
  readonly ranges: readonly KnownRange[];
  /** The smallest declared prefix that holds an address. */
  around(address: Address): KnownPrefix | undefined;
}

const known = new WeakMap<LintInventory, Networks>();
/** Rows that are the same in another inventory, as when one is being typed, are read once. */
const readBefore = new WeakMap<LintRow, KnownAddress | null>();

function addressOf(row: LintRow): KnownAddress | null {
  const before = readBefore.get(row);
  if (before !== undefined) return before;
  const parsed = parseHostAddress(text(row, 'address'));
  const now = parsed === undefined ? null : { row, ...parsed };
  readBefore.set(row, now);
  return now;
}

export function networksIn(inventory: LintInventory): Networks {
  const before = known.get(inventory);
  if (before !== undefined) return before;
  const networks = read(inventory);
  known.set(inventory, networks);
  return networks;
}

function read(inventory: LintInventory): Networks {
  const prefixes = inventory.rows('prefix').flatMap((row) => {
    const prefix = parsePrefix(text(row, 'prefix'));
    return prefix === undefined ? [] : [{ row, prefix }];
  });
  const addresses = inventory.rows('address').flatMap((row) => addressOf(row) ?? []);
  const ranges = inventory.rows('ip-range').flatMap((row) => {
    const range = parseRange(text(row, 'range'));
    return range === undefined ? [] : [{ row, range }];
  });
  return { prefixes, addresses, ranges, around: finder(prefixes) };
}

export function text(row: LintRow | undefined, field: string): string {
  const value = row?.values[field];
  return typeof value === 'string' ? value : '';
}

/** One lookup for each length that is in use, so that 50,000 addresses cost little. */
function finder(prefixes: readonly KnownPrefix[]): Networks['around'] {
  const byStart = (family: Family) =>
    [
      ...groupBy(
        prefixes.filter(({ prefix }) => prefix.family === family),
        ({ prefix }) => prefix.length,
      ),
    ]
      .sort(([a], [b]) => b - a)
      .map(
        ([length, some]) => [length, new Map(some.map((one) => [one.prefix.first, one]))] as const,
      );
  const lengths = { 4: byStart(4), 6: byStart(6) };
  return (address) => {
    for (const [length, starts] of lengths[address.family]) {
      const found = starts.get(prefixOf(address, length).first);
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Equal for equal addresses, without the cost of writing each of them down. */
export const addressKey = ({ family, value }: Address): bigint =>
  family === 4 ? value : value | (1n << 128n);

/** `10.0.0.5/32` and `fd00::1/128` say nothing of the network they are in. */
export const isSingle = ({ address, length }: KnownAddress): boolean =>
  length === bitsOf(address.family);

/** Loopback, link-local, multicast: the same on every machine, in no plan. */
export function isPlanned({ family, value }: Address): boolean {
  if (family === 6) return value >> 118n !== 0x3fan && value >> 120n !== 0xffn && value > 1n;
  const first = Number(value >> 24n);
  return first !== 127 && value >> 16n !== 0xa9fen && first < 224 && first !== 0;
}
