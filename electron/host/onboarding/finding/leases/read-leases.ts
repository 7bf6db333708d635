import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { LeaseFormat } from '../../../../../shared/onboarding/finding.ts';
import { readDnsmasq } from './dnsmasq.ts';
import { readIscDhcpd } from './isc-dhcpd.ts';
import { readKea } from './kea.ts';
import type { ReadLeases } from './lease-line.ts';
import { readOpenwrt } from './openwrt.ts';
import { readSystemdNetworkd } from './systemd-networkd.ts';

const readers: Readonly<Record<LeaseFormat, (text: string) => ReadLeases>> = {
  dnsmasq: readDnsmasq,
  'isc-dhcpd': readIscDhcpd,
  kea: readKea,
  'systemd-networkd': readSystemdNetworkd,
  openwrt: readOpenwrt,
};

/** Told from how each begins. Null: none of them. */
function formatOf(text: string): LeaseFormat | null {
  const start = text.slice(0, 65_536);
  if (/^\s*\{/.test(start) && start.includes('"Leases"')) return 'systemd-networkd';
  if (/^address,(hwaddr|duid),/.test(start)) return 'kea';
  if (/^\s*lease\s+\S+\s*\{/m.test(start)) return 'isc-dhcpd';
  if (/^# \S+ [0-9a-f]+ \S+ \S+ -?\d+ /im.test(start)) return 'openwrt';
  if (/^\s*(?:duid\s|\d+\s+\S+\s+\S+\s+\S+)/m.test(start)) return 'dnsmasq';
  return null;
}

/** Reads a lease file of any of the known servers. Throws FILE_INVALID where it is none. */
export function readLeases(text: string): ReadLeases & { readonly format: LeaseFormat } {
  const plain = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const format = formatOf(plain);
  if (format === null) {
    throw new RackhelmError('FILE_INVALID', 'This is no lease file that Rackhelm can read.', {
      hint: 'It reads those of dnsmasq, ISC dhcpd, Kea (CSV), systemd-networkd and OpenWrt.',
    });
  }
  return { format, ...readers[format](plain) };
}
