import {
  type FreeTreeRow,
  type PrefixTreeRow,
  type TreeRow,
  vlanName,
} from '../../../shared/model/networks.ts';
import { formatAddress } from '../../../shared/network/address.ts';
import { widestIn } from '../../../shared/network/free-prefixes.ts';
import { formatPrefix } from '../../../shared/network/prefix.ts';
import {
  nestPrefixes,
  type PlacedPrefix,
  shareOfChildren,
  type TreeLine,
  treeLines,
} from '../../../shared/network/prefix-tree.ts';
import { countOf } from '../../../shared/network/range.ts';
import type { Database } from '../db/index.ts';
import { rangesNow, usageOf } from './usage.ts';

type IdPrefix = ReturnType<Database['tables']['prefixSpace']['prefixes']>[number];
type Described = ReturnType<Database['tables']['prefixSpace']['describe']>;
type DescribedPrefix = Described extends Map<string, infer D> ? D : never;

export interface TreeQuery {
  readonly search: string;
  readonly closed: readonly string[];
  readonly free: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** The lines of the tree that are seen; what each one holds is counted for these alone. */
export function readPrefixTree(db: Database, query: TreeQuery) {
  const { prefixSpace } = db.tables;
  const all = prefixSpace.prefixes();
  const lines = linesOf(db, all, query);
  const page = lines.slice(query.offset, query.offset + query.limit);
  const described = prefixSpace.describe(
    page.map((line) => (line.type === 'free' ? line.within : line.placed).prefix.id),
  );
  const ranges = rangesNow(db);
  const closed = new Set(query.closed);
  const rows = page.flatMap((line): TreeRow[] => {
    if (line.type === 'free') return [freeRow(line)];
    const { placed } = line;
    const row = described.get(placed.prefix.id);
    if (row === undefined) return [];
    const open = query.search !== '' || !closed.has(row.id);
    return [{ ...prefixRow(placed, row), open, use: usageOf(db, placed.prefix, ranges) }];
  });
  return { rows, total: lines.length, prefixes: all.length };
}

type Line = TreeLine<IdPrefix>;

function linesOf(db: Database, all: readonly IdPrefix[], query: TreeQuery): Line[] {
  const words = query.search.split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) {
    const closed = new Set(query.closed);
    const isOpen = ({ id }: IdPrefix) => !closed.has(id);
    return [...treeLines(nestPrefixes(all), { isOpen, free: query.free })];
  }
  // What was found, and what it stands in: without that nobody sees where it is.
  const found = db.tables.prefixSpace.matching(words.slice(0, 10));
  const wanted = new Set<IdPrefix>();
  const lines = [...treeLines(nestPrefixes(all), { isOpen: () => true, free: false })];
  for (const line of lines) {
    if (line.type !== 'prefix' || !found.has(line.placed.prefix.id)) continue;
    let at: PlacedPrefix<IdPrefix> | null = line.placed;
    for (; at !== null && !wanted.has(at.prefix); at = at.parent) wanted.add(at.prefix);
  }
  return lines.filter((line) => line.type === 'prefix' && wanted.has(line.placed.prefix));
}

function prefixRow(
  placed: PlacedPrefix<IdPrefix>,
  { id, prefix, gateway, purpose, site, ...row }: DescribedPrefix,
): Omit<PrefixTreeRow, 'open' | 'use'> {
  return {
    type: 'prefix',
    ...{ id, prefix, gateway, purpose, site },
    depth: placed.depth,
    children: placed.children.length,
    vlan: vlanOf(row),
    share: shareOfChildren(placed),
  };
}

export function vlanOf(
  row: Pick<DescribedPrefix, 'vlanId' | 'vlanNumber' | 'vlanName' | 'traffic'>,
) {
  if (row.vlanId === null) return null;
  const { vlanId: id, vlanNumber: number, vlanName: name, traffic } = row;
  return vlanName.parse({ id, number, name, traffic });
}

function freeRow({ range, within }: Extract<Line, { type: 'free' }>): FreeTreeRow {
  const { family, first, last } = range;
  return {
    type: 'free',
    depth: within.depth + 1,
    within: { id: within.prefix.id, prefix: formatPrefix(within.prefix) },
    first: formatAddress({ family, value: first }),
    last: formatAddress({ family, value: last }),
    size: Number(countOf(range)),
    widest: formatPrefix(widestIn(range)),
  };
}
