import { RackhelmError } from '../../../shared/model/errors.ts';
import type { AddressMap, MapPart, TakenAddress } from '../../../shared/model/networks.ts';
import { type Address, bitsOf, formatAddress } from '../../../shared/network/address.ts';
import { mapForm, mostCells, partsOf } from '../../../shared/network/address-map.ts';
import {
  formatPrefix,
  type Prefix,
  parsePrefix,
  prefixOf,
  usableRange,
} from '../../../shared/network/prefix.ts';
import { nestPrefixes } from '../../../shared/network/prefix-tree.ts';
import {
  type AddressRange,
  containsRange,
  countOf,
  nextFree,
} from '../../../shared/network/range.ts';
import type { Database } from '../db/index.ts';
import { vlanOf } from './prefix-tree.ts';
import { type RangesNow, rangesIn, rangesNow, usageOf } from './usage.ts';

type IdPrefix = ReturnType<Database['tables']['prefixSpace']['prefixes']>[number];

const most = { inner: 50, ranges: 200, blocks: 256 };

/** A prefix that somebody wrote. Throws INVALID_INPUT. */
export function prefixFrom(text: string): Prefix {
  const prefix = parsePrefix(text);
  if (prefix !== undefined) return prefix;
  throw new RackhelmError('INVALID_INPUT', `“${text}” is no prefix.`, {
    hint: 'Write it as 10.0.10.0/24.',
  });
}

/** A prefix of the inventory, or any part of one, as it is drawn. */
export function readAddressMap(db: Database, prefix: Prefix): AddressMap {
  const { prefixSpace } = db.tables;
  const all = prefixSpace.prefixes();
  const own = all.find((other) => isSame(other, prefix));
  const around = all
    .filter((other) => containsRange(other, prefix) && other.length < prefix.length)
    .toSorted((a, b) => a.length - b.length);
  const within = all.filter(
    (other) => containsRange(prefix, other) && other.length > prefix.length,
  );
  const inner = nestPrefixes(within).map((placed) => placed.prefix);
  const shown = inner.slice(0, most.inner);
  const described = prefixSpace.describe([own, ...shown].flatMap((one) => (one ? [one.id] : [])));
  const ranges = rangesNow(db);
  const row = own && described.get(own.id);
  return {
    prefix: formatPrefix(prefix),
    declared: row
      ? { id: row.id, gateway: row.gateway, purpose: row.purpose, vlan: vlanOf(row) }
      : null,
    around: around.map((other) => ({ id: other.id, prefix: formatPrefix(other) })),
    inner: shown.flatMap(({ id }) => {
      const found = described.get(id);
      return found ? [{ id, prefix: found.prefix, vlan: vlanOf(found) }] : [];
    }),
    innerCount: inner.length,
    use: usageOf(db, prefix, ranges),
    ranges: rangesIn(prefix, ranges, most.ranges),
    next: textOf(nextAddress(db, prefix, ranges)),
    drawn: drawnOf(db, prefix, { ranges, within }),
  };
}

const isSame = (a: Prefix, b: Prefix) =>
  a.family === b.family && a.first === b.first && a.length === b.length;
const textOf = (address: Address | undefined) => (address ? formatAddress(address) : null);

interface Content {
  readonly ranges: RangesNow;
  /** Prefixes inside. */
  readonly within: readonly IdPrefix[];
}

function drawnOf(db: Database, prefix: Prefix, content: Content): AddressMap['drawn'] {
  const form = mapForm(prefix);
  if (form.form === 'cells') {
    return { form: 'cells', count: form.count, taken: takenIn(db, prefix, 0, mostCells) };
  }
  const { length } = form;
  if (form.form === 'parts') {
    return { ...form, parts: countedParts(db, prefix, length, content) };
  }
  const counts = db.tables.prefixSpace.usedByBlock(prefix, length, most.blocks);
  return {
    form: 'blocks',
    length,
    parts: counts.map(({ first, count }): MapPart => {
      const block = prefixOf({ family: prefix.family, value: first }, length);
      const prefixes = content.within.filter((other) => containsRange(block, other)).length;
      return partOf(db, block, { used: count, prefixes, ranges: content.ranges });
    }),
  };
}

function countedParts(db: Database, prefix: Prefix, length: number, content: Content): MapPart[] {
  const parts = partsOf(prefix, length);
  const inside = prefixesByPart(prefix, length, content.within);
  return parts.map((part, index) =>
    partOf(db, part, {
      // One by one along the index: that takes a fifth of grouping them in one query.
      used: db.tables.prefixSpace.usedCount(part),
      ranges: content.ranges,
      prefixes: inside.get(index) ?? 0,
    }),
  );
}

/** How many prefixes lie wholly in each part, counted in one go. */
function prefixesByPart(prefix: Prefix, length: number, within: readonly IdPrefix[]) {
  const hostBits = BigInt(bitsOf(prefix.family) - length);
  const counts = new Map<number, number>();
  for (const other of within) {
    if (other.length < length) continue;
    const part = Number((other.first - prefix.first) >> hostBits);
    counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  return counts;
}

interface PartContent {
  readonly used: number;
  readonly prefixes: number;
  readonly ranges: RangesNow;
}

function partOf(db: Database, part: Prefix, { used, prefixes, ranges }: PartContent): MapPart {
  const touched = ranges.merged.some(
    (range) => range.family === part.family && range.first <= part.last && part.first <= range.last,
  );
  return {
    prefix: formatPrefix(part),
    use: touched ? usageOf(db, part, ranges) : { size: Number(countOf(part)), used, ranged: 0 },
    prefixes,
  };
}

export function takenIn(
  db: Database,
  within: AddressRange,
  offset: number,
  limit: number,
): TakenAddress[] {
  return db.tables.takenAddresses.page(within, offset, limit).map(({ value, ...rest }) => ({
    address: formatAddress({ family: within.family, value }),
    ...rest,
    uses: [...rest.uses],
  }));
}

/** How far one page looks for a free address. */
const searchStep = 1_024;

/**
 * The lowest free address that may be given to a host. It looks page by page, since the first gap
 * mostly comes long before the end.
 */
function nextAddress(db: Database, prefix: Prefix, { merged }: RangesNow): Address | undefined {
  let within: AddressRange = usableRange(prefix);
  for (;;) {
    const page = db.tables.takenAddresses.values(within, searchStep);
    const known = page.map((value) => ({ family: prefix.family, first: value, last: value }));
    const last = page.at(-1);
    const full = page.length === searchStep && last !== undefined;
    const looked = full ? { ...within, last } : within;
    const free = nextFree(looked, [...known, ...merged]);
    if (free !== undefined || !full || last >= within.last) return free;
    within = { ...within, first: last + 1n };
  }
}
