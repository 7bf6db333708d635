import ipaddr from 'ipaddr.js';
import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { ipv4FromHex, ipv6FromHex, prefixLengthOf, withPrefix } from './addresses.ts';
import type { Evidence } from './evidence.ts';

/** Addresses where no tool is there to ask: /proc/net/if_inet6, fib_trie and route. */
export function addressesFromProc(evidence: Evidence, name: string): ObservedAddress[] {
  return [...ipv4Of(evidence, name), ...ipv6Of(evidence, name)];
}

const scopes: Readonly<Record<string, string>> = { '00': 'global', '10': 'host', '20': 'link' };

/** Address, index, prefix length, scope, flags, device: all but the last in hex. */
function ipv6Of(evidence: Evidence, name: string): ObservedAddress[] {
  return (evidence.lines('/proc/net/if_inet6') ?? []).flatMap((line): ObservedAddress[] => {
    const [hex = '', , length = '', scope = '', flags = '', device] = line.trim().split(/\s+/);
    if (device !== name || !/^[0-9a-f]{32}$/.test(hex)) return [];
    const address = withPrefix(ipv6FromHex(hex), Number.parseInt(length, 16));
    if (!address) return [];
    // IFA_F_PERMANENT is 0x80: the others run out.
    const dynamic = (Number.parseInt(flags, 16) & 0x80) === 0;
    return [{ address, family: 'ipv6', scope: scopes[scope] ?? null, dynamic }];
  });
}

/**
 * The kernel's trie knows the machine's own IPv4 addresses but not their interfaces; the routes to
 * connected networks know interface and prefix length.
 */
function ipv4Of(evidence: Evidence, name: string): ObservedAddress[] {
  const connected = connectedNetworks(evidence);
  return localAddresses(evidence).flatMap((local): ObservedAddress[] => {
    if (local.startsWith('127.')) {
      const address = `${local}/8`;
      return name === 'lo' ? [{ address, family: 'ipv4', scope: 'host', dynamic: null }] : [];
    }
    const network = connected.find(({ net, length }) =>
      ipaddr.IPv4.parse(local).match(net, length),
    );
    if (network?.device !== name) return [];
    return [
      { address: `${local}/${network.length}`, family: 'ipv4', scope: 'global', dynamic: null },
    ];
  });
}

function localAddresses(evidence: Evidence): string[] {
  const locals = new Set<string>();
  let candidate: string | undefined;
  for (const line of evidence.lines('/proc/net/fib_trie') ?? []) {
    candidate = /\|-- (\d+\.\d+\.\d+\.\d+)/.exec(line)?.[1] ?? candidate;
    if (/\/32 host LOCAL/.test(line) && candidate && ipaddr.IPv4.isValid(candidate)) {
      locals.add(candidate);
    }
  }
  return [...locals];
}

function connectedNetworks(evidence: Evidence) {
  const networks = (evidence.lines('/proc/net/route') ?? []).flatMap((line) => {
    const [device = '', dst = '', gateway, , , , , mask = ''] = line.split(/\s+/);
    const length = prefixLengthOf(ipv4FromHex(mask));
    if (!/^[0-9A-F]{8}$/.test(dst) || gateway !== '00000000' || !length) return [];
    return [{ device, net: ipaddr.IPv4.parse(ipv4FromHex(dst)), length }];
  });
  return networks.sort((a, b) => b.length - a.length);
}
