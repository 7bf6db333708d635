import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { flagsInWords, prefixLengthOf, withPrefix } from './addresses.ts';
import { bsdKind } from './bsd-kinds.ts';
import { integerOf, macOf } from './link-kind.ts';
import { mostItems } from './sanitize.ts';

/** What a tool told of an interface; what it left out, /sys may know. */
export interface ListedInterface {
  readonly name: string;
  readonly kind?: string | null;
  readonly mac?: string | null;
  readonly permanentMac?: string | null;
  readonly mtu?: number | null;
  readonly operState?: string | null;
  readonly speedMbps?: number | null;
  readonly vlanId?: number | null;
  readonly link?: string | null;
  readonly master?: string | null;
  readonly addresses: readonly ObservedAddress[];
}

/**
 * `ifconfig -a` of busybox and old net-tools (`Link encap:`), of net-tools 2, BSD and macOS (`flags=`).
 * An alias (`eth0:1`) is its interface with one more address.
 */
export function fromIfconfig(output: string): ListedInterface[] {
  const blocks = output.split(/\n(?=\S)/).filter((block) => /Link encap:|flags=/.test(block));
  const byName = new Map<string, { listed: ListedInterface; addresses: ObservedAddress[] }>();
  const masters = new Map<string, string>();
  for (const block of blocks.slice(0, mostItems)) {
    const listed = readBlock(block, masters);
    if (!listed) continue;
    const known = byName.get(listed.name);
    if (!known) byName.set(listed.name, { listed, addresses: [...listed.addresses] });
    else for (const address of listed.addresses) known.addresses.push(address);
  }
  return [...byName.values()].map(({ listed, addresses }) => ({
    ...listed,
    addresses,
    master: masters.get(listed.name) ?? null,
  }));
}

function readBlock(block: string, masters: Map<string, string>): ListedInterface | null {
  const [, told] = /^(\S+?):?\s/.exec(block) ?? [];
  const name = told?.split(':', 1)[0];
  if (!name) return null;
  const lines = block.split('\n').flatMap((line) => line.trim() || []);
  const field = (pattern: RegExp): string | undefined => pattern.exec(block)?.[1];
  const after = (word: string): string | undefined => restOf(lines, word);
  const mac = hardwareIn(field(/(?:HWaddr|\bether|\blladdr|\baddress:) ([0-9A-Fa-f:]{11,60})/));
  for (const member of membersIn(lines)) if (!masters.has(member)) masters.set(member, name);
  return {
    name,
    kind: kindOf(name, block, lines, mac),
    mac,
    // FreeBSD shows the card's own beside one that was set.
    permanentMac: macOf(field(/\bhwaddr ([0-9A-Fa-f:]{17})/)),
    mtu: integerOf(field(/(?:MTU:|\bmtu )(\d+)/)),
    operState: stateOf(after('status: ')),
    speedMbps: speedOf(after('media: ')),
    ...vlanOf(after('vlan: ') ?? after('encap: vnetid ')),
    addresses: [...lines.flatMap(address4), ...lines.flatMap(address6)],
  };
}

/** InfiniBand's is longer, and no MAC; illumos leaves leading zeros out: `0:1b:21:a:b:c`. */
function hardwareIn(told: string | undefined): string | null {
  const bytes = told?.split(':') ?? [];
  return macOf(bytes.map((byte) => byte.padStart(2, '0')).join(':'));
}

/** What follows the word on the first line that begins with it. */
function restOf(lines: readonly string[], word: string): string | undefined {
  return lines.find((line) => line.startsWith(word))?.slice(word.length, word.length + 300);
}

/** Null where /sys has to tell, as on Linux; BSD has no /sys, so a MAC there is a card's. */
function kindOf(
  name: string,
  block: string,
  lines: readonly string[],
  mac: string | null,
): string | null {
  if (/Loopback|\bLOOPBACK\b/.test(block)) return 'loopback';
  // Both net-tools show their counters; BSD shows them only when asked.
  if (/Link encap:|[RT]X packets/.test(block)) return null;
  const known = bsdKind(name, restOf(lines, 'groups: ')?.split(' ') ?? []);
  if (known) return known;
  if (/^\d/.test(restOf(lines, 'vlan: ') ?? restOf(lines, 'encap: vnetid ') ?? '')) return 'vlan';
  if (/^IEEE ?802\.11/i.test(restOf(lines, 'media: ') ?? '')) return 'wifi';
  return mac ? 'ethernet' : null;
}

/** Ports of a lagg, trunk or bridge, each on a line of its own. */
function membersIn(lines: readonly string[]): string[] {
  return lines.flatMap(
    (line) =>
      /^(?:laggport:|member:|trunkport|aggrport:?) (\S+)/.exec(line)?.[1] ??
      /^bond interfaces: (.{1,500})$/.exec(line)?.[1]?.split(' ') ??
      [],
  );
}

function stateOf(status: string | undefined): string | null {
  if (status === undefined) return null;
  if (/^(active|associated|running|master)/.test(status)) return 'up';
  return /^(no carrier|inactive|no network|down|backup)/.test(status) ? 'down' : null;
}

/** `Ethernet autoselect (2500Base-T <full-duplex>)` → 2500; `(10Gbase-SR …)` → 10,000. */
function speedOf(media: string | undefined): number | null {
  const [, count, giga] = /(\d+(?:\.\d+)?)(G?)base/i.exec(media ?? '') ?? [];
  return count === undefined ? null : Number(count) * (giga ? 1000 : 1);
}

/** FreeBSD and macOS `vlan: 20 … parent interface: em0`, NetBSD `parent: wm0`, OpenBSD `encap: vnetid`. */
function vlanOf(line: string | undefined): Pick<ListedInterface, 'vlanId' | 'link'> {
  const [, id] = /^(\d{1,4})\b/.exec(line ?? '') ?? [];
  const [, parent] = /\bparent(?: interface)?:? ([\w.]+)/.exec(line ?? '') ?? [];
  return id === undefined ? {} : { vlanId: integerOf(id) || null, link: parent ?? null };
}

/**
 * `inet addr:10.0.0.1  Mask:255.0.0.0`, `inet 10.0.0.1  netmask 255.0.0.0`, of BSD `0xff000000`, of
 * NetBSD `inet 10.0.0.1/8`.
 */
function address4(line: string): ObservedAddress[] {
  const [, local = '', length] = /^inet (?:addr:)?([\d.]+)(?:\/(\d+))?/.exec(line) ?? [];
  const [, mask = ''] = /(?:Mask:|netmask )(0x[\da-f]+|[\d.]+(?!\w)|[\da-f]{8}\b)/.exec(line) ?? [];
  const prefix = length === undefined ? (prefixLengthOf(dotted(mask)) ?? -1) : Number(length);
  const address = withPrefix(local, prefix);
  return address ? [{ address, family: 'ipv4', scope: null, dynamic: null }] : [];
}

/** `0xffffff00` → `255.255.255.0`; nothing where it is no whole mask. */
function dotted(mask: string): string {
  if (mask.includes('.')) return /^\d{1,3}(\.\d{1,3}){3}$/.test(mask) ? mask : '';
  const bytes = /^(?:0x)?(..)(..)(..)(..)$/.exec(mask)?.slice(1) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
}

/**
 * `inet6 addr: fe80::1/64 Scope:Link`, `inet6 fe80::1[%em0]  prefixlen 64  [scopeid 0x20<link>]`,
 * `inet6 fe80::1%wm0/64 flags 0x0`; BSD adds `autoconf`, `temporary`, `deprecated` …
 */
function address6(line: string): ObservedAddress[] {
  const [, local = '', zone] = /^inet6 (?:addr: ?)?([\da-f:.]+)(%?)/.exec(line) ?? [];
  const [, length] = /(?:\/| prefixlen )(\d{1,3})\b/.exec(line) ?? [];
  const address = withPrefix(local, Number(length ?? -1));
  if (!address) return [];
  // BSD names the zone of link-local addresses only.
  const told = /(?:Scope:|scopeid 0x\w{1,8}<)(\w+)/.exec(line)?.[1] ?? (zone ? 'link' : null);
  // Only BSD says so, and not of those that DHCP gave.
  const dynamic = /\b(autoconf|dynamic)\b/.test(line) ? true : null;
  const scope = told?.toLowerCase() ?? null;
  return [{ address, family: 'ipv6', scope, dynamic, ...flagsInWords(line) }];
}
