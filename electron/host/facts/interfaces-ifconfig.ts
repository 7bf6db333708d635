import type { ObservedAddress } from '../../../shared/model/facts.ts';
import { prefixLengthOf, withPrefix } from './addresses.ts';
import { integerOf, macOf } from './link-kind.ts';

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

/** `ifconfig -a` of busybox and old net-tools (`Link encap:`), and of net-tools 2 (`flags=`). */
export function fromIfconfig(output: string): ListedInterface[] {
  const blocks = output.split(/\n(?=\S)/).filter((block) => /Link encap:|flags=/.test(block));
  return blocks.flatMap((block) => {
    const [, name] = /^(\S+?):?\s/.exec(block) ?? [];
    if (name === undefined) return [];
    const mac = /(?:HWaddr|ether) ([0-9A-Fa-f:]{17})/.exec(block)?.[1];
    const listed: ListedInterface = {
      name,
      kind: /Loopback|\bLOOPBACK\b/.test(block) ? 'loopback' : null,
      mac: macOf(mac),
      mtu: integerOf(/(?:MTU:|mtu )(\d+)/.exec(block)?.[1]),
      addresses: [...addresses4(block), ...addresses6(block)],
    };
    return [listed];
  });
}

function addresses4(block: string): ObservedAddress[] {
  const found = block.matchAll(/inet (?:addr:)?([\d.]+).*?(?:Mask:|netmask )([\d.]+)/g);
  return [...found].flatMap(([, local = '', mask = '']) => {
    const address = withPrefix(local, prefixLengthOf(mask) ?? -1);
    return address ? [{ address, family: 'ipv4' as const, scope: null, dynamic: null }] : [];
  });
}

function addresses6(block: string): ObservedAddress[] {
  const old = block.matchAll(/inet6 addr: ([0-9a-f:]+)\/(\d+) Scope:(\w+)/g);
  const newer = block.matchAll(/inet6 ([0-9a-f:]+) {2}prefixlen (\d+) {2}scopeid 0x\w+<(\w+)>/g);
  return [...old, ...newer].flatMap(([, local = '', length, scope = '']) => {
    const address = withPrefix(local, Number(length));
    if (!address) return [];
    return [{ address, family: 'ipv6' as const, scope: scope.toLowerCase(), dynamic: null }];
  });
}
