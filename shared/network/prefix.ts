import { type Address, bitsOf, type Family, formatAddress, parseAddress } from './address.ts';
import type { AddressRange } from './range.ts';

/** A network such as `10.0.10.0/24`: all addresses that begin with the same bits. */
export interface Prefix extends AddressRange {
  readonly length: number;
}

/** A prefix from an address inside it; its other bits are cleared. `length` is 0–32 or 0–128. */
export function prefixOf({ family, value }: Address, length: number): Prefix {
  const hostBits = BigInt(bitsOf(family) - length);
  const first = (value >> hostBits) << hostBits;
  return { family, length, first, last: first | ((1n << hostBits) - 1n) };
}

/** `10.0.0.1/24` in its two parts; without a length it is that of a single host. Else undefined. */
export function parseHostAddress(text: string): { address: Address; length: number } | undefined {
  const [host = '', lengthText, ...rest] = text.trim().split('/');
  const address = parseAddress(host);
  if (address === undefined || rest.length > 0) return undefined;
  const bits = bitsOf(address.family);
  const length = lengthText === undefined ? bits : lengthFrom(lengthText, address.family);
  return length === undefined ? undefined : { address, length };
}

/** `/24`, or for IPv4 also a mask, `/255.255.255.0`. */
function lengthFrom(text: string, family: Family): number | undefined {
  if (/^\d{1,3}$/.test(text)) {
    const length = Number(text);
    return length <= bitsOf(family) ? length : undefined;
  }
  const mask = family === 4 ? parseAddress(text) : undefined;
  if (mask?.family !== 4) return undefined;
  const length = mask.value.toString(2).replaceAll('0', '').length;
  return prefixOf(mask, length).first === mask.value && mask.value === maskOf(length)
    ? length
    : undefined;
}

function maskOf(length: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(32 - length);
}

/**
 * Reads `10.0.10.0/24`. Bits below the length must be zero, unless `hostBits` is `clear`: then
 * `10.0.10.7/24` is the network that this host is in. Else undefined.
 */
export function parsePrefix(
  text: string,
  { hostBits = 'refuse' }: { readonly hostBits?: 'refuse' | 'clear' } = {},
): Prefix | undefined {
  if (!text.includes('/')) return undefined;
  const parsed = parseHostAddress(text);
  if (parsed === undefined) return undefined;
  const prefix = prefixOf(parsed.address, parsed.length);
  return hostBits === 'clear' || prefix.first === parsed.address.value ? prefix : undefined;
}

export function formatPrefix({ family, first, length }: Prefix): string {
  return `${formatAddress({ family, value: first })}/${length}`;
}

/**
 * What may be given to hosts. IPv4 keeps the network and the broadcast address, but for /31 (RFC 3021)
 * and /32; IPv6 keeps the subnet-router anycast address (RFC 4291), but for /127 (RFC 6164) and /128.
 */
export function usableRange({ family, length, first, last }: Prefix): AddressRange {
  if (bitsOf(family) - length <= 1) return { family, first, last };
  return { family, first: first + 1n, last: family === 4 ? last - 1n : last };
}
