import { type Address, type Family, formatAddress, parseAddress } from './address.ts';

/** Addresses from the first to the last, both included. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export const countOf = ({ first, last }: AddressRange): bigint => last - first + 1n;

/** Reads `10.0.0.10-10.0.0.99`, `10.0.0.10-99` (also with spaces or `–`), or one address; else undefined. */
export function parseRange(text: string): AddressRange | undefined {
  const [from = '', to, ...rest] = text.split(/\s*[-–]\s*/);
  const first = parseAddress(from);
  if (first === undefined || rest.length > 0) return undefined;
  const last = to === undefined ? first : rangeEnd(from, to);
  if (last === undefined || last.family !== first.family || last.value < first.value) {
    return undefined;
  }
  return { family: first.family, first: first.value, last: last.value };
}

/** The end may be the last part alone, as people write it. */
function rangeEnd(from: string, to: string): Address | undefined {
  const whole = parseAddress(to);
  if (whole !== undefined) return whole;
  if (/^\d{1,3}$/.test(to)) return parseAddress(from.replace(/\d+\s*$/, to));
  return undefined;
}

export function formatRange({ family, first, last }: AddressRange): string {
  const from = formatAddress({ family, value: first });
  return first === last ? from : `${from}-${formatAddress({ family, value: last })}`;
}

export function containsAddress(range: AddressRange, { family, value }: Address): boolean {
  return range.family === family && range.first <= value && value <= range.last;
}

export function containsRange(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** The same addresses in ranges that neither overlap nor touch, in order. O(n log n). */
export function mergeRanges(ranges: Iterable<AddressRange>): AddressRange[] {
  const merged: { family: Family; first: bigint; last: bigint }[] = [];
  for (const range of [...ranges].sort(byFirst)) {
    const previous = merged.at(-1);
    const touches = previous?.family === range.family && range.first <= previous.last + 1n;
    if (!touches || previous === undefined) merged.push({ ...range });
    else if (range.last > previous.last) previous.last = range.last;
  }
  return merged;
}

function byFirst(a: AddressRange, b: AddressRange): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.first < b.first ? -1 : Number(a.first > b.first);
}

/** What of `within` nothing in `taken` covers, in order. */
export function freeRanges(within: AddressRange, taken: Iterable<AddressRange>): AddressRange[] {
  const { family } = within;
  const free: AddressRange[] = [];
  let next = within.first;
  for (const { first, last } of mergeRanges([...taken].filter((range) => overlap(range, within)))) {
    if (first > next) free.push({ family, first: next, last: first - 1n });
    next = last + 1n;
  }
  if (next <= within.last) free.push({ family, first: next, last: within.last });
  return free;
}

/** The lowest address of `within` that nothing in `taken` covers; undefined when it is full. */
export function nextFree(within: AddressRange, taken: Iterable<AddressRange>): Address | undefined {
  const [range] = freeRanges(within, taken);
  return range && { family: range.family, value: range.first };
}

/** How much of `within` is covered, 0–1. */
export function utilisation(within: AddressRange, taken: Iterable<AddressRange>): number {
  const free = freeRanges(within, taken).reduce((sum, range) => sum + countOf(range), 0n);
  // Millionths are exact enough for a bar, also for the 2^64 addresses of an IPv6 network.
  return 1 - Number((free * 1_000_000n) / countOf(within)) / 1_000_000;
}
