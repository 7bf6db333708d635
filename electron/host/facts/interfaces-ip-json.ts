import { z } from 'zod';
import type { ObservedAddress, ObservedInterface } from '../../../shared/model/facts.ts';
import { type AddressFlags, addressFlags, withPrefix } from './addresses.ts';
import { cardOf, macOf, type SysNet, sysKind, sysLink } from './link-kind.ts';
import { jsonIn } from './outcome.ts';
import { mostItems } from './sanitize.ts';

const text = z.string().optional().catch(undefined);
/** Some releases print numbers as text. */
const whole = z
  .union([
    z.number().int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .optional()
  .catch(undefined);

const flag = z.boolean().optional().catch(undefined);

const jsonLink = z.object({
  ifname: z.string(),
  link: text,
  master: text,
  mtu: whole,
  operstate: text,
  link_type: text,
  address: text,
  permaddr: text,
  linkinfo: z
    .object({
      info_kind: text,
      info_data: z.object({ id: whole }).optional().catch(undefined),
      info_slave_data: z.object({ perm_hwaddr: text }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  addr_info: z.array(z.unknown()).optional().catch(undefined),
});
const jsonAddress = z.object({
  family: z.string(),
  local: text,
  prefixlen: whole,
  scope: text,
  dynamic: flag,
  temporary: flag,
  secondary: flag,
  deprecated: flag,
  tentative: flag,
  optimistic: flag,
  dadfailed: flag,
  preferred_life_time: whole,
});
type JsonLink = z.infer<typeof jsonLink>;

/** Kinds that stand upon another interface; for a veth, `link` is its other end instead. */
const uponAnother = new Set(['vlan', 'macvlan', 'macvtap', 'ipvlan', 'ipvtap', 'vxlan', 'macsec']);

/**
 * Null where the text is not what `ip -j -d addr` prints; incomplete where an entry was not understood
 * or is empty, as some releases print those that they lost, or no entry tells addresses.
 */
export function fromIpJson(
  output: string,
  net: SysNet,
): { links: ObservedInterface[]; complete: boolean } | null {
  const parsed = z.array(z.unknown()).safeParse(jsonIn(output));
  if (!parsed.success) return null;
  const entries = parsed.data.slice(0, mostItems);
  const links = entries.flatMap((link) => jsonLink.safeParse(link).data ?? []);
  const complete =
    links.length > 0 &&
    links.length === entries.length &&
    links.every(({ addr_info }) => (addr_info ?? []).every(isUnderstood)) &&
    links.some(({ addr_info }) => addr_info !== undefined);
  return { links: links.map((link) => observed(link, net)), complete };
}

function observed(link: JsonLink, net: SysNet): ObservedInterface {
  const sys = sysLink(net, link.ifname);
  const kind = kindOf(link, net);
  const below = uponAnother.has(kind) ? link.link : undefined;
  // Before 5.6 the driver of the bond alone tells it.
  const permanent = macOf(link.permaddr ?? link.linkinfo?.info_slave_data?.perm_hwaddr);
  // A member of a bond wears the bond's MAC; its own is what it is known by.
  const mac = (kind === 'ethernet' ? permanent : null) ?? macOf(link.address);
  return {
    name: link.ifname,
    kind,
    mac,
    ...cardOf(macOf(link.address), permanent, sys),
    mtu: link.mtu ?? null,
    operState: link.operstate?.toLowerCase() ?? null,
    speedMbps: sys.speedMbps,
    vlanId: kind === 'vlan' ? (link.linkinfo?.info_data?.id ?? sys.vlanId) : null,
    parent: below ?? null,
    master: link.master ?? null,
    addresses: (link.addr_info ?? []).flatMap(addressOf),
  };
}

function kindOf(link: JsonLink, net: SysNet): string {
  const told = link.linkinfo?.info_kind;
  // A port of a switch that the kernel drives (DSA) is a port like any other.
  if (told) return told === 'dsa' ? 'ethernet' : told;
  if (link.link_type === 'loopback') return 'loopback';
  if (link.link_type !== undefined && link.link_type !== 'ether' && link.link_type !== 'none') {
    return link.link_type;
  }
  return sysKind(net.evidence, link.ifname);
}

/** Of families that are not kept nothing is lost; an empty entry holds nothing. */
function isUnderstood(told: unknown): boolean {
  const { data } = jsonAddress.safeParse(told);
  if (!data || !/^inet6?$/.test(data.family) || data.local === undefined) return true;
  return addressOf(told).length > 0;
}

function addressOf(told: unknown): ObservedAddress[] {
  const info = jsonAddress.safeParse(told).data;
  if (!info) return [];
  const family = info.family === 'inet' ? 'ipv4' : info.family === 'inet6' ? 'ipv6' : null;
  const address = withPrefix(info.local ?? '', info.prefixlen ?? -1);
  if (family === null || address === null) return [];
  const scope = info.scope ?? null;
  const flags = family === 'ipv6' ? flagsOf(info) : {};
  return [{ address, family, scope, dynamic: info.dynamic ?? false, ...flags }];
}

function flagsOf(info: z.infer<typeof jsonAddress>): AddressFlags {
  return addressFlags({
    temporary: (info.temporary ?? info.secondary) === true,
    deprecated: info.deprecated === true || info.preferred_life_time === 0,
    tentative: [info.tentative, info.optimistic, info.dadfailed].includes(true),
  });
}
