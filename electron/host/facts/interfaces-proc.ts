import { isIPv4 } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { addressFlags, ipv4FromHex, ipv6FromHex, prefixLengthOf, withPrefix } from './addresses.ts';
import type { Evidence } from './evidence.ts';

/** By interface, where no tool is there to ask: /proc/net/if_inet6, fib_trie and route. */
export function addressesFromProc(evidence: Evidence): ReadonlyMap<string, ObservedAddress[]> {
  const byName = new Map<string, ObservedAddress[]>();
  for (const { device, ...address } of [...ipv4Of(evidence), ...ipv6Of(evidence)]) {
    const known = byName.get(device);
    if (known) known.push(address);
    else byName.set(device, [address]);
  }
  return byName;
}

type OnDevice = ObservedAddress & { readonly device: string };

const scopes: Readonly<Record<string, string>> = { '00': 'global', '10': 'host', '20': 'link' };

/** Address, index, prefix length, scope, flags, device: all but the last in hex. */
function ipv6Of(evidence: Evidence): OnDevice[] {
  return (evidence.lines('/proc/net/if_inet6') ?? []).flatMap((line): OnDevice[] => {
    const [hex = '', , length = '', scope = '', flags = '', device] = line.trim().split(/\s+/);
    if (device === undefined || !/^[0-9a-f]{32}$/.test(hex)) return [];
    const address = withPrefix(ipv6FromHex(hex), Number.parseInt(length, 16));
    if (!address) return [];
    // IFA_F_* of if_addr.h. Those that are not permanent run out.
    const has = (bit: number): boolean => (Number.parseInt(flags, 16) & bit) !== 0;
    const told = addressFlags({
      temporary: has(0x01),
      deprecated: has(0x20),
      tentative: has(0x04) || has(0x08) || has(0x40),
    });
    const own = { device, address, family: 'ipv6', scope: scopes[scope] ?? null } as const;
    return [{ ...own, dynamic: !has(0x80), ...told }];
  });
}

/**
 * The kernel's trie knows the machine's own IPv4 addresses but not their interfaces; the routes to
 * connected networks know interface and prefix length.
 */
function ipv4Of(evidence: Evidence): OnDevice[] {
  const connected = connectedNetworks(evidence);
  return localAddresses(evidence).flatMap((local): OnDevice[] => {
    const own = { family: 'ipv4', dynamic: null } as const;
    if (local.startsWith('127.')) {
      return [{ ...own, device: 'lo', address: `${local}/8`, scope: 'host' }];
    }
    for (const [length, devices] of connected) {
      const device = devices.get(networkOf(local, length));
      if (device !== undefined) {
        return [{ ...own, device, address: `${local}/${length}`, scope: 'global' }];
      }
    }
    return [];
  });
}

function localAddresses(evidence: Evidence): string[] {
  const locals = new Set<string>();
  let candidate: string | undefined;
  for (const line of evidence.lines('/proc/net/fib_trie') ?? []) {
    candidate = /\|-- (\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})$/.exec(line)?.[1] ?? candidate;
    if (line.includes('/32 host LOCAL') && candidate && isIPv4(candidate)) {
      locals.add(candidate);
    }
  }
  return [...locals];
}

/** Devices by network, for each prefix length from the longest to the shortest. */
function connectedNetworks(evidence: Evidence): [number, Map<string, string>][] {
  const byLength = new Map<number, Map<string, string>>();
  for (const line of evidence.lines('/proc/net/route') ?? []) {
    const [device = '', dst = '', gateway, , , , , mask = ''] = line.split(/\s+/);
    if (!/^[0-9A-F]{8}$/.test(dst) || gateway !== '00000000') continue;
    const length = /^[0-9A-F]{8}$/.test(mask) ? prefixLengthOf(ipv4FromHex(mask)) : null;
    if (!length) continue;
    const devices = byLength.get(length) ?? new Map<string, string>();
    byLength.set(length, devices);
    const network = networkOf(ipv4FromHex(dst), length);
    if (!devices.has(network)) devices.set(network, device);
  }
  return [...byLength].sort(([a], [b]) => b - a);
}

function networkOf(address: string, length: number): string {
  return ipaddr.IPv4.networkAddressFromCIDR(`${address}/${length}`).toString();
}
