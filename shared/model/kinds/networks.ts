import { choice, comment, network, number, reference, text, yesNo } from './field.ts';
import { defineKind } from './kind.ts';

/** What a network carries. */
export const trafficKinds = ['management', 'storage', 'ingress', 'internal', 'other'] as const;

export const vlan = defineKind({
  name: 'vlan',
  table: 'vlan',
  label: 'VLAN',
  plural: 'VLANs',
  key: ['name'],
  named: true,
  fields: {
    number: number('Number', 1, 4_094, { required: true }),
    name: text('Name', { required: true, most: 200 }),
    traffic: choice('Traffic', trafficKinds),
    mtu: number('MTU', 68, 65_536),
    purpose: text('Purpose'),
    comment,
  },
});

export const vlanMembership = defineKind({
  name: 'vlan-membership',
  table: 'interface_vlan',
  label: 'VLAN membership',
  plural: 'VLAN memberships',
  key: ['interface', 'vlan'],
  named: true,
  owner: 'interface',
  fields: {
    interface: reference('Interface', 'interface', { required: true }),
    vlan: reference('VLAN', 'vlan', { required: true }),
    tagged: yesNo('Tagged', { required: true, standard: false }),
  },
});

export const prefix = defineKind({
  name: 'prefix',
  table: 'prefix',
  label: 'Prefix',
  plural: 'Prefixes',
  key: ['prefix'],
  named: true,
  fields: {
    prefix: network('prefix', 'Prefix', { required: true }),
    vlan: reference('VLAN', 'vlan'),
    site: reference('Site', 'site'),
    gateway: network('address', 'Gateway'),
    purpose: text('Purpose'),
    comment,
  },
});

export const ipRange = defineKind({
  name: 'ip-range',
  table: 'ip_range',
  label: 'Address range',
  plural: 'Address ranges',
  key: ['range'],
  named: true,
  fields: {
    range: network('range', 'Range', { required: true }),
    role: choice('Role', ['dhcp', 'reserved', 'load-balancer', 'pods', 'services', 'other'], {
      required: true,
    }),
    server: reference('Given out by', 'device'),
    comment,
  },
});

export const reservation = defineKind({
  name: 'dhcp-reservation',
  table: 'dhcp_reservation',
  label: 'DHCP reservation',
  plural: 'DHCP reservations',
  key: ['address'],
  named: true,
  fields: {
    address: network('address', 'Address', { required: true }),
    mac: network('mac', 'MAC address', { required: true }),
    hostname: text('Host name', { most: 253 }),
    interface: reference('Interface', 'interface'),
    comment,
  },
});

export const ipAddress = defineKind({
  name: 'address',
  table: 'ip_address',
  label: 'Address',
  plural: 'Addresses',
  key: ['interface', 'address'],
  named: false,
  owner: 'interface',
  fields: {
    interface: reference('Interface', 'interface', {
      help: 'None for a virtual address; it names who may hold it.',
    }),
    address: network('host-address', 'Address', { required: true }),
    role: choice('Role', ['host', 'virtual', 'secondary', 'anycast'], {
      required: true,
      standard: 'host',
    }),
    sharing: choice('Shared by', ['vrrp', 'kube-vip', 'metallb', 'carp', 'keepalived', 'other'], {
      help: 'How a virtual address moves between those who may hold it.',
    }),
    dnsName: text('DNS name', { most: 253 }),
    comment,
  },
});

export const addressHolder = defineKind({
  name: 'address-holder',
  table: 'address_holder',
  label: 'Holder of a virtual address',
  plural: 'Holders of virtual addresses',
  key: ['address', 'interface'],
  named: false,
  owner: 'address',
  fields: {
    address: reference('Address', 'address', { required: true }),
    interface: reference('Interface', 'interface', { required: true }),
    priority: number('Priority', 0, 65_535),
  },
});
