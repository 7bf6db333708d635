import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { withPrefix } from './addresses.ts';
import type { ListedInterface } from './interfaces-ifconfig.ts';
import { integerOf, macOf } from './link-kind.ts';
import { mostItems } from './sanitize.ts';

const head = /^\d+: ([^\s@:]+)(?:@([^\s:]+))?: <([^>]*)>(.*)$/;
const detailKinds =
  /^ {4}(vlan|bridge|bond|veth|wireguard|tun|dummy|vxlan|macvlan|macvtap|ipvlan|ifb|gre|sit|ipip|team|vrf)\b(.*)$/;

/** The text of `ip addr`: iproute2's with or without -d, and busybox's. */
export function fromIpText(output: string): ListedInterface[] {
  const blocks: string[][] = [];
  for (const line of output.split('\n')) {
    if (head.test(line)) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  return blocks.slice(0, mostItems).map(readBlock);
}

function readBlock(lines: readonly string[]): ListedInterface {
  const [first = '', ...rest] = lines;
  const [, name = '', link, , attributes = ''] = head.exec(first) ?? [];
  const mac = macOf(rest.map((line) => /^\s+link\/ether (\S+)/.exec(line)?.[1]).find(Boolean));
  const permanent = macOf(rest.map((line) => / permaddr (\S+)/.exec(line)?.[1]).find(Boolean));
  const [, detail, data = ''] = rest.map((line) => detailKinds.exec(line)).find(Boolean) ?? [];
  const isLoopback = rest.some((line) => line.includes('link/loopback'));
  const after = (word: string): string | null =>
    new RegExp(` ${word} (\\S+)`).exec(attributes)?.[1] ?? null;
  return {
    name,
    kind: isLoopback ? 'loopback' : (detail ?? null),
    mac: permanent ?? mac,
    mtu: integerOf(after('mtu')),
    operState: after('state')?.toLowerCase() ?? null,
    vlanId: detail === 'vlan' ? integerOf(/ id (\d+)/.exec(data)?.[1]) : null,
    // `@if7` names the other end by its number in another namespace.
    link: link && !/^(NONE|if\d+)$/.test(link) ? link : null,
    master: after('master'),
    addresses: rest.flatMap(readAddress),
  };
}

function readAddress(line: string): ObservedAddress[] {
  const [, version, local = '', tail = ''] = /^\s+inet(6?) (\S+)(.*)$/.exec(line) ?? [];
  if (version === undefined) return [];
  const [, bare = '', length] = /^([^/]+)(?:\/(\d+))?$/.exec(local) ?? [];
  // Between two points: `inet 10.0.0.1 peer 10.0.0.2/32`.
  const peer = / peer \S+\/(\d+)/.exec(line)?.[1];
  const full = version === '6' ? 128 : 32;
  const address = withPrefix(bare, Number(length ?? peer ?? full));
  if (address === null) return [];
  const scope = / scope (\S+)/.exec(tail)?.[1] ?? null;
  const family = version === '6' ? 'ipv6' : 'ipv4';
  return [{ address, family, scope, dynamic: / dynamic\b/.test(tail) }];
}
