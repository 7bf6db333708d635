import ipaddr from 'ipaddr.js';

/** An IP address. IPv4 mapped into IPv6 (`::ffff:10.0.0.1`) counts as the IPv4 address that it is. */
export interface Address {
  readonly family: 4 | 6;
  /** The 32 or 128 bits as one number. */
  readonly value: bigint;
}

export type Family = Address['family'];

export const bitsOf = (family: Family): number => (family === 4 ? 32 : 128);

/**
 * Reads `10.0.0.1` or `fd00::1`; else undefined. Octets with leading zeros are refused, since some
 * programs read them as octal, and so is a zone (`fe80::1%eth0`), which names one machine's interface.
 */
export function parseAddress(text: string): Address | undefined {
  const host = text.trim();
  if (host.includes('%')) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(host)) return fromBytes(ipaddr.IPv4.parse(host));
  if (!ipaddr.IPv6.isValid(host)) return undefined;
  const parsed = ipaddr.IPv6.parse(host);
  return fromBytes(parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed);
}

function fromBytes(parsed: ipaddr.IPv4 | ipaddr.IPv6): Address {
  const value = parsed.toByteArray().reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return { family: parsed.kind() === 'ipv4' ? 4 : 6, value };
}

/** The canonical text (RFC 5952 for IPv6). */
export function formatAddress({ family, value }: Address): string {
  const count = bitsOf(family) / 8;
  const bytes = Array.from({ length: count }, (_, index) =>
    Number((value >> BigInt(8 * (count - 1 - index))) & 0xffn),
  );
  return family === 4 ? bytes.join('.') : new ipaddr.IPv6(bytes).toRFC5952String();
}

/** IPv4 before IPv6, then by number. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.family !== b.family) return a.family - b.family;
  return a.value < b.value ? -1 : Number(a.value > b.value);
}
