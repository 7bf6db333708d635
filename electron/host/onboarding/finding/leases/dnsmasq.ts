import { LeaseList, type ReadLeases } from './lease-line.ts';

const whole = /^(\d{1,12})\s+(\S+)\s+(\S+)\s+(\S+)(?:\s+\S+)?$/;

/**
 * `1764500000 d8:3a:dd:00:00:01 10.0.0.11 pi-1 01:d8:3a:…`, also of OpenWrt and Pi-hole; 0 never ends.
 * Of IPv6 an IAID stands where the MAC would.
 */
export function readDnsmasq(text: string): ReadLeases {
  const list = new LeaseList();
  for (const [at, line] of text.split('\n').entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || /^duid\s/.test(trimmed)) continue;
    const [, expires, mac, address, name] = whole.exec(trimmed) ?? [];
    if (address === undefined)
      list.lose(at + 1, 'A lease has a time, a MAC, an address and a name.');
    else {
      const seconds = Number(expires);
      list.add(at + 1, { address, mac, name, expires: seconds === 0 ? null : seconds });
    }
  }
  return list.read();
}
