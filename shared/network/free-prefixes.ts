import { bitsOf } from './address.ts';
import { type Prefix, prefixOf } from './prefix.ts';
import { type AddressRange, freeRanges } from './range.ts';

/** The first `count` prefixes of that length inside `within` that touch nothing of `taken`, in order. */
export function freePrefixes(
  within: AddressRange,
  taken: Iterable<AddressRange>,
  { length, count }: { readonly length: number; readonly count: number },
): Prefix[] {
  const found: Prefix[] = [];
  for (const gap of freeRanges(within, taken)) {
    for (const prefix of prefixesIn(gap, length)) {
      if (found.length === count) return found;
      found.push(prefix);
    }
  }
  return found;
}

/** Every prefix of that length that lies wholly in a range, in order; there may be very many. */
export function* prefixesIn(range: AddressRange, length: number): Generator<Prefix> {
  const step = 1n << BigInt(bitsOf(range.family) - length);
  const aligned = ((range.first + step - 1n) / step) * step;
  for (let value = aligned; value + step - 1n <= range.last; value += step) {
    yield prefixOf({ family: range.family, value }, length);
  }
}

/** The widest prefix that lies wholly in a range; a range holds at least one address. */
export function widestIn(range: AddressRange): Prefix {
  const bits = bitsOf(range.family);
  for (let length = 0; length < bits; length += 1) {
    const [first] = prefixesIn(range, length);
    if (first !== undefined) return first;
  }
  return prefixOf({ family: range.family, value: range.first }, bits);
}

/** Into how many prefixes of that length one splits. */
export function splitCount(prefix: Prefix, length: number): number {
  return 2 ** (length - prefix.length);
}
