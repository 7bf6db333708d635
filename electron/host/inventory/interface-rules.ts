import ipaddr from 'ipaddr.js';
import type { Facts, ObservedAddress, ObservedInterface } from '../../../shared/model/facts.ts';

/**
 * Names that container engines, hypervisors and cluster networks give to what they make on a
 * machine. They come and go with the workloads and are no property of the machine.
 */
const madeByWorkloads =
  /^(veth|docker|br-[0-9a-f]{12}$|podman|cni|flannel|kube|cali|cilium|lxc[0-9a-f]|tunl|vxlan\.|weave|nodelocaldns|dummy|virbr|vnet|tap|fwbr|fwpr|fwln|ifb)/;

const comparedKinds = new Set([
  'ethernet',
  'wifi',
  'infiniband',
  'vlan',
  'bridge',
  'bond',
  'team',
  'veth',
  'macvlan',
]);

/** Whether an interface belongs to the machine itself and is compared with what is declared. */
export function isCompared(link: ObservedInterface): boolean {
  if (!comparedKinds.has(link.kind) || madeByWorkloads.test(link.name)) return false;
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
}
/** `virtual`: moves between machines (keepalived, kube-vip, MetalLB), so it never identifies one. */
export type AddressRole = 'host' | 'virtual';

/** Addresses worth keeping: not loopback, not link-local. */
export function ownAddresses(link: ObservedInterface): readonly RoledAddress[] {
  return link.addresses
    .filter(({ address }) => isOwn(address))
    .map((address) => ({ address: address.address, role: roleOf(address, link) }));
}

function isOwn(address: string): boolean {
  const host = address.split('/')[0] ?? '';
  if (!ipaddr.isValid(host)) return false;
  return !['linkLocal', 'loopback', 'unspecified', 'multicast'].includes(
    ipaddr.parse(host).range(),
  );
}

/** A lone-host address beside one that spans a network, and not from a lease, is a virtual one. */
function roleOf(address: ObservedAddress, link: ObservedInterface): AddressRole {
  const alone = address.family === 'ipv4' ? '/32' : '/128';
  if (!address.address.endsWith(alone) || address.dynamic === true) return 'host';
  const spans = link.addresses.some(
    (other) =>
      other.family === address.family && !other.address.endsWith(alone) && isOwn(other.address),
  );
  return spans ? 'virtual' : 'host';
}
