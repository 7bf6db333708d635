import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { prefixLengthOf, withPrefix } from './addresses.ts';
import { integerOf, macOf } from './link-kind.ts';
import { mostItems } from './sanitize.ts';

/** What a tool told of an interface; what it left out, /sys may know. */
export interface ListedInterface {
  readonly name: string;
  readonly kind?: string | null;
  readonly mac?: string | null;
  readonly mtu?: number | null;
  readonly operState?: string | null;
  readonly vlanId?: number | null;
  readonly link?: string | null;
  readonly master?: string | null;
  readonly addresses: readonly ObservedAddress[];
}

/** `ifconfig -a` of busybox and old net-tools (`Link encap:`), of net-tools 2 and BSD (`flags=`). */
export function fromIfconfig(output: string): ListedInterface[] {
  const blocks = output.split(/\n(?=\S)/).filter((block) => /Link encap:|flags=/.test(block));
  return blocks.slice(0, mostItems).flatMap((block) => {
    const [, name] = /^(\S+?):?\s/.exec(block) ?? [];
    if (name === undefined) return [];
    const mac = /(?:HWaddr|ether) ([0-9A-Fa-f:]{17})/.exec(block)?.[1];
    const lines = block.split('\n').map((line) => line.trim());
    const listed: ListedInterface = {
      name,
      kind: /Loopback|\bLOOPBACK\b/.test(block) ? 'loopback' : null,
      mac: macOf(mac),
      mtu: integerOf(/(?:MTU:|mtu )(\d+)/.exec(block)?.[1]),
      addresses: [...lines.flatMap(address4), ...lines.flatMap(address6)],
    };
    return [listed];
  });
}

/** `inet addr:10.0.0.1  Mask:255.0.0.0`, `inet 10.0.0.1  netmask 255.0.0.0`, of BSD `0xff000000`. */
function address4(line: string): ObservedAddress[] {
  const [, local = ''] = /^inet (?:addr:)?([\d.]+)/.exec(line) ?? [];
  const [, mask = ''] = /(?:Mask:|netmask )(0x[\da-f]+|[\d.]+)/.exec(line) ?? [];
  const address = withPrefix(local, prefixLengthOf(dotted(mask)) ?? -1);
  return address ? [{ address, family: 'ipv4', scope: null, dynamic: null }] : [];
}

/** `0xffffff00` → `255.255.255.0`; nothing where it is no whole mask. */
function dotted(mask: string): string {
  if (!mask.startsWith('0x')) return /^\d{1,3}(\.\d{1,3}){3}$/.test(mask) ? mask : '';
  const bytes = /^0x(..)(..)(..)(..)$/.exec(mask)?.slice(1) ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
}

/** `inet6 addr: fe80::1/64 Scope:Link`, `inet6 fe80::1[%em0]  prefixlen 64  [scopeid 0x20<link>]`. */
function address6(line: string): ObservedAddress[] {
  const [, local = '', zone] = /^inet6 (?:addr: ?)?([\da-f:]+)(%?)/.exec(line) ?? [];
  const [, length] = /(?:\/| prefixlen )(\d{1,3})\b/.exec(line) ?? [];
  const address = withPrefix(local, Number(length ?? -1));
  if (!address) return [];
  // BSD names the zone of link-local addresses only.
  const told = /(?:Scope:|scopeid 0x\w{1,8}<)(\w+)/.exec(line)?.[1] ?? (zone ? 'link' : null);
  return [{ address, family: 'ipv6', scope: told?.toLowerCase() ?? null, dynamic: null }];
}
