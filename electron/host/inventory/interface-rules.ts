import ipaddr from 'ipaddr.js';
import type { Facts, ObservedAddress, ObservedInterface } from '../../../shared/model/facts.ts';

/**
 * Names that container engines, hypervisors, cluster networks and tunnels of the kernel give to what
 * they make on a machine. They come and go with the workloads, or are there on every machine, and
 * are no property of this one. Whatever is not known to be so counts, of whatever kind.
 */
const madeByWorkloads = new RegExp(
  `^(?:${[
    // Docker, Podman, nerdctl, CNI, LXC, LXD, Incus, systemd-nspawn, Home Assistant
    'veth',
    'docker(?:\\d|_)',
    'br-[0-9a-f]{12}$',
    'podman\\d',
    'nerdctl\\d',
    'cni',
    'cbr\\d',
    'lxc[0-9a-f]',
    'lxcbr|lxdbr|incusbr',
    'v[eb]-',
    'hassio$',
    // Networks of clusters
    'flannel',
    'kube',
    'cali',
    'cilium',
    'tunl',
    'vxlan\\.|vxlan-v6\\.',
    'wireguard\\.cali|wg-v6\\.cali',
    'weave',
    'nodelocaldns',
    'antrea',
    'genev_sys|vxlan_sys|gre_sys',
    'ovn-|ovs-system$|ovs-netdev$',
    'eni[0-9a-f]{11}',
    'gw\\d+-',
    // Guests of hypervisors: libvirt, Proxmox, VMware, bhyve, macOS
    'virbr',
    'vnet',
    'macvtap\\d',
    'tap',
    'fw(?:br|pr|ln)',
    'vmnet',
    'vmenet',
    'vm-',
    'epair',
    'feth',
    // What the kernel has by itself: Linux, BSD, macOS
    'dummy',
    'ifb',
    'sit0$|ip6tnl0$|ip6gre0$|gre0$|gretap0$|erspan0$|ip_vti0$|ip6_vti0$|teql0$|nlmon|bonding_masters$',
    'lo\\d*$',
    'pflog|pfsync|enc\\d|gif\\d|stf\\d|usbus',
    'awdl|llw|anpi|utun|ap\\d|p2p|XHC|pktap|iptap|ipsec\\d',
  ].join('|')})`,
);

/** Whether an interface belongs to the machine itself and is compared with what is declared. */
export function isCompared(link: ObservedInterface): boolean {
  if (link.kind === 'loopback' || madeByWorkloads.test(link.name)) return false;
  // A veth on a bridge leads into a container; without one it is a container's own way out.
  return link.kind !== 'veth' || link.master === null;
}

/** Whether its MAC tells this machine from others: a VLAN, bridge or bond only borrows one. */
export function isIdentifying(link: ObservedInterface): boolean {
  return (
    isCompared(link) && ['ethernet', 'wifi', 'infiniband', 'veth', 'macvlan'].includes(link.kind)
  );
}

export function comparedInterfaces(facts: Facts): readonly ObservedInterface[] {
  const { interfaces } = facts.sections;
  return interfaces.status === 'ok' ? interfaces.data.filter(isCompared) : [];
}

export interface RoledAddress {
  readonly address: string;
  readonly role: AddressRole;
  readonly origin: AddressOrigin;
}
/** `virtual`: moves between machines (keepalived, kube-vip, MetalLB), so it never identifies one. */
export type AddressRole = 'host' | 'virtual';
/** `lease`: IPv4 of a DHCP server; `autoconf`: IPv6 of router advertisements or DHCPv6. */
export type AddressOrigin = 'fixed' | 'lease' | 'autoconf';

/**
 * Addresses worth keeping: not loopback, not link-local, and not those of privacy extensions, which
 * are others tomorrow.
 */
export function ownAddresses(link: ObservedInterface): readonly RoledAddress[] {
  const own = link.addresses.filter((address) => isOwn(address.address) && isLasting(address));
  const spanned = new Set(own.filter((one) => !isAlone(one)).map(({ family }) => family));
  return own.map((address) => ({
    address: address.address,
    role: isAlone(address) && spanned.has(address.family) ? 'virtual' : 'host',
    origin: address.dynamic !== true ? 'fixed' : address.family === 'ipv4' ? 'lease' : 'autoconf',
  }));
}

function isLasting({ temporary, deprecated, tentative }: ObservedAddress): boolean {
  return temporary !== true && deprecated !== true && tentative !== true;
}

function isOwn(address: string): boolean {
  const host = address.split('/')[0] ?? '';
  if (!ipaddr.isValid(host)) return false;
  return !['linkLocal', 'loopback', 'unspecified', 'multicast'].includes(
    ipaddr.parse(host).range(),
  );
}

/** A lone-host address beside one that spans a network, and not from a lease, is a virtual one. */
function isAlone({ address, family, dynamic }: ObservedAddress): boolean {
  return address.endsWith(family === 'ipv4' ? '/32' : '/128') && dynamic !== true;
}
