import type { Address } from './address.ts';
import type { Prefix } from './prefix.ts';
import { type AddressRange, containsAddress, containsRange, freeRanges } from './range.ts';

/** A prefix where it stands among the others: in the narrowest one that holds it. */
export interface PlacedPrefix<T extends Prefix> {
  readonly prefix: T;
  readonly parent: PlacedPrefix<T> | null;
  /** How many hold it. */
  readonly depth: number;
  /** Directly in it, in order. */
  readonly children: readonly PlacedPrefix<T>[];
}

/**
 * Nests prefixes by their addresses alone; nobody says which is in which. IPv4 first, then by address.
 * Two prefixes overlap only where one holds the other; of equal ones the later is in the earlier.
 */
export function nestPrefixes<T extends Prefix>(prefixes: Iterable<T>): PlacedPrefix<T>[] {
  const roots: PlacedPrefix<T>[] = [];
  const around: (PlacedPrefix<T> & { children: PlacedPrefix<T>[] })[] = [];
  for (const prefix of [...prefixes].sort(widestFirst)) {
    let parent = around.at(-1);
    while (parent !== undefined && !containsRange(parent.prefix, prefix)) {
      around.pop();
      parent = around.at(-1);
    }
    const placed = { prefix, parent: parent ?? null, depth: around.length, children: [] };
    (parent?.children ?? roots).push(placed);
    around.push(placed);
  }
  return roots;
}

function widestFirst(a: Prefix, b: Prefix): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.length - b.length;
}

/** A line of the tree as it is drawn: a prefix, or addresses between prefixes that none of them takes. */
export type TreeLine<T extends Prefix> =
  | { readonly type: 'prefix'; readonly placed: PlacedPrefix<T> }
  | { readonly type: 'free'; readonly range: AddressRange; readonly within: PlacedPrefix<T> };

interface Shown<T extends Prefix> {
  readonly isOpen: (prefix: T) => boolean;
  /** Also what is free inside a prefix that holds others. */
  readonly free: boolean;
}

/** The lines of a tree from above to below, of open prefixes with what is in them. */
export function* treeLines<T extends Prefix>(
  nodes: readonly PlacedPrefix<T>[],
  shown: Shown<T>,
): Generator<TreeLine<T>> {
  for (const placed of nodes) {
    yield { type: 'prefix', placed };
    if (placed.children.length > 0 && shown.isOpen(placed.prefix)) yield* inside(placed, shown);
  }
}

function* inside<T extends Prefix>(
  within: PlacedPrefix<T>,
  shown: Shown<T>,
): Generator<TreeLine<T>> {
  const taken = within.children.map(({ prefix }) => prefix);
  const gaps = shown.free ? freeRanges(within.prefix, taken) : [];
  let next = 0;
  for (const child of within.children) {
    for (let gap = gaps[next]; gap && gap.first < child.prefix.first; gap = gaps[next]) {
      yield { type: 'free', range: gap, within };
      next += 1;
    }
    yield* treeLines([child], shown);
  }
  for (const gap of gaps.slice(next)) yield { type: 'free', range: gap, within };
}

/** How much of a prefix the prefixes in it take, 0–1. */
export function shareOfChildren({ prefix, children }: PlacedPrefix<Prefix>): number {
  return children.reduce((sum, child) => sum + 2 ** (prefix.length - child.prefix.length), 0);
}

/** The prefixes around an address, the widest first; each step halves what is looked through. */
export function prefixesAround<T extends Prefix>(
  roots: readonly PlacedPrefix<T>[],
  { family, value }: Address,
): T[] {
  const found: T[] = [];
  let level = roots;
  for (;;) {
    let low = 0;
    let high = level.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const prefix = level[middle]?.prefix;
      if (prefix === undefined) break;
      const before = prefix.family === family ? prefix.first <= value : prefix.family < family;
      if (before) low = middle + 1;
      else high = middle;
    }
    const candidate = level[low - 1];
    if (candidate === undefined || !containsAddress(candidate.prefix, { family, value }))
      return found;
    found.push(candidate.prefix);
    level = candidate.children;
  }
}
