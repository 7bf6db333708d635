import type { PlannedRange, PrefixUse } from '../../../shared/model/networks.ts';
import { formatAddress } from '../../../shared/network/address.ts';
import {
  type AddressRange,
  containsRange,
  countOf,
  mergeRanges,
  overlap,
} from '../../../shared/network/range.ts';
import type { Database } from '../db/index.ts';

type DeclaredRange = ReturnType<Database['tables']['prefixSpace']['ranges']>[number];

/** What ranges there are, read once for all that is counted in a question. */
export interface RangesNow {
  readonly all: readonly DeclaredRange[];
  /** The same addresses without overlaps, in order. */
  readonly merged: readonly AddressRange[];
  /** How many addresses of one of `merged` are used; counted once, though many prefixes hold it. */
  usedIn(range: AddressRange): number;
}

export function rangesNow(db: Database): RangesNow {
  const all = db.tables.prefixSpace.ranges();
  const counts = new Map<AddressRange, number>();
  return {
    all,
    merged: mergeRanges(all),
    usedIn(range) {
      const count = counts.get(range) ?? db.tables.prefixSpace.usedCount(range);
      counts.set(range, count);
      return count;
    },
  };
}

/** How much of `within` is in use; an address in a range counts once. */
export function usageOf(db: Database, within: AddressRange, ranges: RangesNow): PrefixUse {
  const { prefixSpace } = db.tables;
  const used = prefixSpace.usedCount(within);
  let ranged = 0;
  for (const range of ranges.merged) {
    if (!overlap(range, within)) continue;
    if (containsRange(within, range)) {
      ranged += Number(countOf(range)) - ranges.usedIn(range);
      continue;
    }
    const inside = {
      family: within.family,
      first: range.first > within.first ? range.first : within.first,
      last: range.last < within.last ? range.last : within.last,
    };
    ranged += Number(countOf(inside)) - prefixSpace.usedCount(inside);
  }
  return { size: Number(countOf(within)), used, ranged: Math.max(0, ranged) };
}

/** The first `limit` ranges that lie at least in part in `within`. */
export function rangesIn(within: AddressRange, { all }: RangesNow, limit: number): PlannedRange[] {
  const found: PlannedRange[] = [];
  for (const range of all) {
    if (found.length === limit) break;
    if (!overlap(range, within)) continue;
    const { id, role, server, comment, family, first, last } = range;
    const text = (value: bigint) => formatAddress({ family, value });
    const size = Number(countOf(range));
    found.push({ id, role, first: text(first), last: text(last), size, server, comment });
  }
  return found;
}
