import { z } from 'zod';
import { id, timestamp } from './inventory.ts';
import { trafficKinds } from './kinds/networks.ts';

const count = z.number().int().nonnegative();
const text = z.string();
const traffic = z.enum(trafficKinds).nullable().catch(null);

/** A VLAN as it is referred to. */
export const vlanName = z.object({ id, number: z.number().int(), name: text, traffic });

/** Addresses that are given out or kept, inside of a prefix or around its beginning or end. */
export const addressRange = z.object({
  id,
  role: text,
  first: text,
  last: text,
  /** May be beyond what a number tells exactly. */
  size: z.number().nonnegative(),
  server: text.nullable(),
  comment: text.nullable(),
});
export type PlannedRange = z.infer<typeof addressRange>;

/** How much of a prefix is in use. Sizes of IPv6 are no exact numbers. */
export const prefixUse = z.object({
  size: z.number().positive(),
  /** Different addresses that an interface, a reservation or a gateway has. */
  used: count,
  /** Further ones that lie in ranges which are given out or kept. */
  ranged: z.number().nonnegative(),
});
export type PrefixUse = z.infer<typeof prefixUse>;

export const vlanPrefix = z.object({
  id,
  prefix: text,
  gateway: text.nullable(),
  use: prefixUse,
  /** The first of them. */
  ranges: z.array(addressRange),
});
export type VlanPrefix = z.infer<typeof vlanPrefix>;

const portsOn = z.object({
  deviceId: id,
  deviceName: text,
  deviceKind: text,
  untagged: count,
  tagged: count,
});
export type PortsOn = z.infer<typeof portsOn>;

export const plannedVlan = vlanName.extend({
  mtu: z.number().int().nullable(),
  purpose: text.nullable(),
  /** The first of them, and how many there are. */
  prefixes: z.array(vlanPrefix),
  prefixCount: count,
  /** Ports of all devices. */
  untagged: count,
  tagged: count,
  /** Switches, routers and access points; the first of them. */
  gear: z.array(portsOn),
  /** Services that can be reached in it. */
  exposed: count,
});
export type PlannedVlan = z.infer<typeof plannedVlan>;

export const vlanPlan = z.object({ rows: z.array(plannedVlan), total: count });

/** A service that is reached at an address in the VLAN, or from it. */
export const vlanExposure = z.object({
  id,
  serviceId: id,
  serviceName: text,
  protocol: text.nullable(),
  port: z.number().int().nullable(),
  hostname: text.nullable(),
  address: text.nullable(),
  from: z.enum(['internet', 'anywhere-inside', 'vlan']).nullable().catch(null),
  fromVlan: text.nullable(),
  /** False: it stands elsewhere and is reached from this VLAN. */
  here: z.boolean(),
});
export type VlanExposure = z.infer<typeof vlanExposure>;

export const vlanDetails = plannedVlan.extend({
  devices: z.array(portsOn),
  deviceCount: count,
  exposures: z.array(vlanExposure),
  /** Devices with addresses in this VLAN and in others, which may pass traffic on. */
  across: z.array(
    z.object({ deviceId: id, name: text, vlans: z.array(text), gateway: z.boolean() }),
  ),
});
export type VlanDetails = z.infer<typeof vlanDetails>;

export const treeRow = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('prefix'),
    id,
    prefix: text,
    depth: count,
    /** Prefixes directly in it. */
    children: count,
    open: z.boolean(),
    vlan: vlanName.nullable(),
    gateway: text.nullable(),
    purpose: text.nullable(),
    site: text.nullable(),
    use: prefixUse,
    /** How much of it the prefixes in it take, 0–1. */
    share: z.number(),
  }),
  z.object({
    type: z.literal('free'),
    depth: count,
    /** The prefix that it lies in. */
    within: z.object({ id, prefix: text }),
    first: text,
    last: text,
    size: z.number().positive(),
    /** The widest prefix that fits in. */
    widest: text,
  }),
]);
export type TreeRow = z.infer<typeof treeRow>;
export type PrefixTreeRow = Extract<TreeRow, { type: 'prefix' }>;
export type FreeTreeRow = Extract<TreeRow, { type: 'free' }>;

export const prefixTree = z.object({ rows: z.array(treeRow), total: count, prefixes: count });

/** What an address is used for. */
export const addressUse = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('address'),
    id,
    length: z.number().int(),
    role: text,
    sharing: text.nullable(),
    dnsName: text.nullable(),
    interfaceId: id.nullable(),
    interfaceName: text.nullable(),
    deviceId: id.nullable(),
    deviceName: text.nullable(),
    /** Who may hold a virtual one. */
    holders: count,
  }),
  z.object({
    type: z.literal('reservation'),
    id,
    mac: text,
    hostname: text.nullable(),
    deviceId: id.nullable(),
    deviceName: text.nullable(),
    interfaceName: text.nullable(),
  }),
  z.object({ type: z.literal('gateway'), id, prefix: text }),
]);
export type AddressUse = z.infer<typeof addressUse>;

export const takenAddress = z.object({
  address: text,
  /** The first few, and how many there are: more than one of the same kind is a mistake. */
  uses: z.array(addressUse),
  useCount: count,
});
export type TakenAddress = z.infer<typeof takenAddress>;

export const mapPart = z.object({
  prefix: text,
  use: prefixUse,
  /** Prefixes of the inventory that lie in it or are it. */
  prefixes: count,
});
export type MapPart = z.infer<typeof mapPart>;

export const addressMap = z.object({
  prefix: text,
  /** The prefix of the inventory that it is; null: a part of one, or none. */
  declared: z
    .object({ id, gateway: text.nullable(), purpose: text.nullable(), vlan: vlanName.nullable() })
    .nullable(),
  /** Prefixes of the inventory around it, the widest first. */
  around: z.array(z.object({ id, prefix: text })),
  /** Prefixes directly in it, the first of them. */
  inner: z.array(z.object({ id, prefix: text, vlan: vlanName.nullable() })),
  innerCount: count,
  use: prefixUse,
  ranges: z.array(addressRange),
  /** The lowest address that nothing uses, reserves or gives out; null: there is none. */
  next: text.nullable(),
  drawn: z.discriminatedUnion('form', [
    z.object({ form: z.literal('cells'), count, taken: z.array(takenAddress) }),
    z.object({ form: z.literal('parts'), length: count, parts: z.array(mapPart) }),
    /** Of an endless one: blocks that hold a taken address, the first of them. */
    z.object({ form: z.literal('blocks'), length: count, parts: z.array(mapPart) }),
  ]),
});
export type AddressMap = z.infer<typeof addressMap>;

export const addressList = z.object({ rows: z.array(takenAddress), total: count });

export const switchRow = z.object({
  id,
  name: text,
  kind: text,
  model: text.nullable(),
  rack: text.nullable(),
  position: z.number().nullable(),
  ports: count,
});
export type SwitchRow = z.infer<typeof switchRow>;

/** What hangs on a port, as a cable or LLDP says. */
export const portPeer = z.object({
  deviceId: id.nullable(),
  deviceName: text.nullable(),
  portName: text.nullable(),
});
export type PortPeer = z.infer<typeof portPeer>;

export const switchPort = z.object({
  id,
  name: text,
  label: text.nullable(),
  kind: text,
  type: text.nullable(),
  speedMbps: z.number().int().nullable(),
  mtu: z.number().int().nullable(),
  poe: text.nullable(),
  disabled: z.boolean(),
  management: z.boolean(),
  lag: text.nullable(),
  parent: text.nullable(),
  comment: text.nullable(),
  vlans: z.array(vlanName.extend({ tagged: z.boolean() })),
  /** More than one end where a cable breaks out. */
  cable: z
    .object({
      id,
      label: text,
      status: text,
      colour: text.nullable(),
      /** Only an interface can be compared with LLDP; a panel leads on. */
      ends: z.array(portPeer.extend({ isInterface: z.boolean() })),
    })
    .nullable(),
  lldp: portPeer.extend({ pvid: z.number().int().nullable(), seenAt: timestamp }).nullable(),
  /** LLDP names another machine or port than the cable does. */
  doubtful: z.boolean(),
});
export type SwitchPort = z.infer<typeof switchPort>;

export const switchPorts = z.object({
  device: switchRow,
  rows: z.array(switchPort),
  total: count,
});
