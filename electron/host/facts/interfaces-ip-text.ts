import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { flagsInWords, withPrefix } from './addresses.ts';
import type { ListedInterface } from './interfaces-ifconfig.ts';
import { integerOf, macOf } from './link-kind.ts';
import { mostItems } from './sanitize.ts';

const head = /^\d+: ([^\s@:]+)(?:@([^\s:]+))?: <([^>]*)>(.*)$/;
/** What `ip -d` says of the kind stands first on a line of its own, as none of these do. */
const detail =
  /^ {4}(?!(?:link\/|inet6? |altname |alias |vf |RX|TX|prog\/|permaddr |promiscuity )|\w+_slave\b)([a-z][\w-]*) (.*)$/;

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
  const permanent = macOf(
    rest.map((line) => / (?:permaddr|perm_hwaddr) (\S+)/.exec(line)?.[1]).find(Boolean),
  );
  const [, kind, data = ''] = rest.map((line) => detail.exec(line)).find(Boolean) ?? [];
  const isLoopback = rest.some((line) => line.includes('link/loopback'));
  const after = (word: string): string | null =>
    new RegExp(` ${word} (\\S+)`).exec(attributes)?.[1] ?? null;
  return {
    name,
    kind: isLoopback ? 'loopback' : kind === 'dsa' ? 'ethernet' : (kind ?? null),
    mac: permanent ?? mac,
    permanentMac: permanent,
    mtu: integerOf(after('mtu')),
    operState: after('state')?.toLowerCase() ?? null,
    vlanId: kind === 'vlan' ? integerOf(/ id (\d+)/.exec(data)?.[1]) : null,
    // `@if7` names the other end by its number in another namespace.
    link: link && !/^(NONE|if\d+)$/.test(link) ? link : null,
    master: after('master'),
    addresses: rest.flatMap((line, at) => readAddress(line, lifetimeAfter(rest, at))),
  };
}

function lifetimeAfter(lines: readonly string[], at: number): string {
  const next = lines[at + 1] ?? '';
  return next.includes('_lft ') ? next : '';
}

/** `lifetime` is the line below: `valid_lft 86400sec preferred_lft 0sec`. */
function readAddress(line: string, lifetime: string): ObservedAddress[] {
  const [, version, local = '', tail = ''] = /^\s+inet(6?) (\S+)(.*)$/.exec(line) ?? [];
  if (version === undefined) return [];
  const [, bare = '', length] = /^([^/]+)(?:\/(\d+))?$/.exec(local) ?? [];
  // Between two points: `inet 10.0.0.1 peer 10.0.0.2/32`.
  const peer = / peer \S+\/(\d+)/.exec(line)?.[1];
  const full = version === '6' ? 128 : 32;
  const address = withPrefix(bare, Number(length ?? peer ?? full));
  if (address === null) return [];
  const scope = / scope (\S+)/.exec(tail)?.[1] ?? null;
  const dynamic = / dynamic\b/.test(tail);
  if (version !== '6') return [{ address, family: 'ipv4', scope, dynamic }];
  return [{ address, family: 'ipv6', scope, dynamic, ...flagsInWords(`${tail} ${lifetime}`) }];
}
