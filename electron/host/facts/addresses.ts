import { isIP, isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ObservedAddress } from '../../../shared/model/facts.ts';

export type AddressFlags = Pick<ObservedAddress, 'temporary' | 'deprecated' | 'tentative'>;

/** Only what is so, since most addresses have no flag. */
export function addressFlags(told: Readonly<Record<keyof AddressFlags, boolean>>): AddressFlags {
  return {
    ...(told.temporary ? { temporary: true } : {}),
    ...(told.deprecated ? { deprecated: true } : {}),
    ...(told.tentative ? { tentative: true } : {}),
  };
}

/**
 * The flags among the words that `ip` and BSD's ifconfig print after an IPv6 address. Older tools say
 * `secondary` for temporary ones: for the kernel both are one bit.
 */
export function flagsInWords(words: string): AddressFlags {
  return addressFlags({
    temporary: /\b(temporary|secondary)\b/.test(words),
    deprecated: /\bdeprecated\b|\bpreferred_lft 0sec\b|\bpltime 0\b/.test(words),
    tentative: /\b(tentative|optimistic|dadfailed|duplicated)\b/.test(words),
  });
}

/** The kernel's hex of an IPv4 address in /proc/net, in the byte order of little-endian machines. */
export function ipv4FromHex(hex: string): string {
  return bytesOf(hex).reverse().join('.');
}

/** IPv6 in /proc/net/tcp6: four words, each in the machine's own (little-endian) order. */
export function ipv6FromWords(hex: string): string {
  const bytes = bytesOf(hex);
  const ordered = [0, 4, 8, 12].flatMap((at) => bytes.slice(at, at + 4).reverse());
  return new ipaddr.IPv6(ordered).toRFC5952String();
}

/** IPv6 in /proc/net/if_inet6 and ipv6_route: plain order. */
export function ipv6FromHex(hex: string): string {
  return new ipaddr.IPv6(bytesOf(hex)).toRFC5952String();
}

function bytesOf(hex: string): number[] {
  return (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
}

/** `10.0.10.11` and 24 → `10.0.10.11/24`, canonical; null where it is no address. */
export function withPrefix(address: string, prefixLength: number): string | null {
  const [bare = ''] = address.split('%', 1);
  // The library's own test throws and catches: slow where a machine tells a million times nonsense.
  if (isIP(bare) === 0) return null;
  const parsed = ipaddr.parse(bare);
  const longest = parsed.kind() === 'ipv4' ? 32 : 128;
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > longest) return null;
  const text = parsed instanceof ipaddr.IPv6 ? parsed.toRFC5952String() : parsed.toString();
  return `${text}/${prefixLength}`;
}

/** `255.255.255.0` → 24; null where its bits have a gap. */
export function prefixLengthOf(mask: string): number | null {
  return isIPv4(mask) ? ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() : null;
}
