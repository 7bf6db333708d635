/**
 * The plan of the networks, as data. Each is a bridge of its own (an access VLAN); the router has a
 * leg on every one and forwards only what `routes` allows.
 */
export const networkNames = ['management', 'storage', 'ingress', 'internal'] as const;
export type NetworkName = (typeof networkNames)[number];

export interface NetworkPlan {
  /** VLAN id; also the third octet of the IPv4 prefix and the fourth group of the IPv6 prefix. */
  readonly vlan: number;
  readonly mtu: number;
  /** Bridge name in the rack's switch. */
  readonly bridge: string;
}

export const networkPlans: Readonly<Record<NetworkName, NetworkPlan>> = {
  management: { vlan: 10, mtu: 1500, bridge: 'br-mgmt' },
  storage: { vlan: 20, mtu: 9000, bridge: 'br-storage' },
  ingress: { vlan: 30, mtu: 1500, bridge: 'br-ingress' },
  internal: { vlan: 40, mtu: 1500, bridge: 'br-internal' },
};

/** Host part of the router's address on each network. */
export const routerHost = 1;
/** Host part of this computer's own address on management. */
export const computerHost = 254;
export const dhcpRange = { first: 200, last: 239 } as const;
export const dnsDomain = 'rack.home.arpa';

export interface AddressPair {
  readonly ipv4: string;
  readonly ipv6: string;
}

/** How many racks can run side by side; each has a second octet of its own. */
export const slotCount = 40;
const firstSecondOctet = 200;

export function prefixOf(slot: number, network: NetworkName): AddressPair {
  const { vlan } = networkPlans[network];
  return {
    ipv4: `10.${firstSecondOctet + slot}.${vlan}.0/24`,
    ipv6: `fd72:6868:${(slot + 1).toString(16)}:${vlan}::/64`,
  };
}

/** Covers every network of the rack in that slot. */
export function wholePrefixOf(slot: number): AddressPair {
  return {
    ipv4: `10.${firstSecondOctet + slot}.0.0/16`,
    ipv6: `fd72:6868:${(slot + 1).toString(16)}::/48`,
  };
}

export function addressOf(slot: number, network: NetworkName, host: number): AddressPair {
  const prefix = prefixOf(slot, network);
  return {
    ipv4: prefix.ipv4.replace('.0/24', `.${host}`),
    // Decimal digits read as the same number in both families.
    ipv6: prefix.ipv6.replace('::/64', `::${host}`),
  };
}

/** The last part of the address that `reboot-other-address` gives a node. */
export function otherHost(host: number): number {
  return host > 100 ? host - 100 : host + 100;
}

/** Locally administered unless the machine's look has a vendor's prefix, such as `dc:a6:32`. */
export function macOf(
  slot: number,
  place: { readonly network: NetworkName; readonly host: number; readonly vendor?: string },
): string {
  const tail = [slot, networkPlans[place.network].vlan, place.host]
    .map((part) => part.toString(16).padStart(2, '0'))
    .join(':');
  return `${place.vendor ?? '02:72:68'}:${tail}`;
}

export interface AllowedRoute {
  /** Where packets may come from: a whole network, or one node's address on it. */
  readonly from: { readonly network: NetworkName; readonly node?: string };
  readonly to: NetworkName;
  /** TCP ports; `any` allows every protocol, ping included. */
  readonly ports: readonly number[] | 'any';
}

/** Everything that is not listed is dropped; answers to allowed connections pass. */
export const allowedRoutes: readonly AllowedRoute[] = [
  { from: { network: 'management', node: 'jump' }, to: 'internal', ports: 'any' },
  { from: { network: 'management' }, to: 'ingress', ports: [22, 80, 443] },
];
