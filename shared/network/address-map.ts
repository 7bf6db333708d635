import { bitsOf } from './address.ts';
import { type Prefix, prefixOf, usableRange } from './prefix.ts';

/** Up to this many addresses are drawn one by one: a /22, or the last ten bits of IPv6. */
export const mostCells = 1_024;

/** How a prefix is drawn: address by address, as its parts, or, where it is endless, only what is used. */
export type MapForm =
  | { readonly form: 'cells'; readonly count: number }
  | { readonly form: 'parts'; readonly length: number; readonly count: number }
  | { readonly form: 'blocks'; readonly length: number };

/** IPv6 networks are looked at in blocks of 256 addresses, since people number from ::1 on. */
const blockLength = 120;

/**
 * The parts of a large IPv4 prefix end where its octets end, as people think of them: a /12 is sixteen
 * /16, a /16 is 256 /24.
 */
export function mapForm({ family, length }: Prefix): MapForm {
  const hostBits = bitsOf(family) - length;
  if (hostBits <= 10) return { form: 'cells', count: 2 ** hostBits };
  if (family === 6) return { form: 'blocks', length: blockLength };
  const part = Math.ceil((length + 1) / 8) * 8;
  return { form: 'parts', length: part, count: 2 ** (part - length) };
}

/** The parts of a prefix that `mapForm` says are drawn. */
export function partsOf(prefix: Prefix, length: number): Prefix[] {
  const step = 1n << BigInt(bitsOf(prefix.family) - length);
  const count = 2 ** (length - prefix.length);
  return Array.from({ length: count }, (_, index) =>
    prefixOf({ family: prefix.family, value: prefix.first + BigInt(index) * step }, length),
  );
}

/** What an address is by its place alone. */
export type PlaceInPrefix = 'network' | 'broadcast' | 'anycast' | null;

/** Network and broadcast of IPv4, the routers' anycast address of IPv6; see `usableRange`. */
export function placeInPrefix(prefix: Prefix, value: bigint): PlaceInPrefix {
  const usable = usableRange(prefix);
  if (value < usable.first) return prefix.family === 4 ? 'network' : 'anycast';
  return value > usable.last ? 'broadcast' : null;
}
