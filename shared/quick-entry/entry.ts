import { device } from '../model/kinds/hardware.ts';

/** An interface of a device to be added, as it was typed. */
export interface EntryInterface {
  /** Null: the first of its type, or eth0. */
  readonly name: string | null;
  readonly addresses: readonly string[];
  readonly macs: readonly string[];
  /** A VLAN by number or name. */
  readonly untagged: string | null;
  readonly tagged: readonly string[];
}

/** A device to be added, as it was typed; nothing of it is looked up yet. */
export interface EntryDevice {
  readonly name: string;
  /** Typed text by field of the kind `device`; references by name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly interfaces: readonly EntryInterface[];
}

/** Beside the fields of a device, what may be said of one of its interfaces. */
export const interfaceFields = ['interface', 'address', 'mac', 'untagged', 'tagged'] as const;
type InterfaceField = (typeof interfaceFields)[number];

/** What a word of a line or a column of a table is about. */
export type EntryField = InterfaceField | keyof typeof device.fields;

export const isInterfaceField = (field: EntryField): field is InterfaceField =>
  interfaceFields.some((one) => one === field);

/** What people call things, in small letters without blanks and signs. */
const synonyms: Readonly<Record<string, EntryField>> = {
  device: 'name',
  devicename: 'name',
  host: 'name',
  machine: 'name',
  type: 'deviceType',
  u: 'position',
  unit: 'position',
  pos: 'position',
  ru: 'position',
  he: 'position',
  height: 'heightUnits',
  units: 'heightUnits',
  in: 'parent',
  on: 'parent',
  chassis: 'parent',
  asset: 'assetTag',
  ssh: 'sshHost',
  location: 'site',
  vendor: 'manufacturer',
  make: 'manufacturer',
  serialnumber: 'serial',
  sn: 'serial',
  notes: 'comment',
  note: 'comment',
  description: 'comment',
  ram: 'memoryBytes',
  cpu: 'cpuModel',
  cores: 'cpuCores',
  if: 'interface',
  nic: 'interface',
  port: 'interface',
  ip: 'address',
  ipaddress: 'address',
  ipv4: 'address',
  ipv6: 'address',
  ipv4address: 'address',
  primaryip: 'address',
  managementip: 'address',
  macaddress: 'mac',
  vlan: 'untagged',
  vlanid: 'untagged',
  untaggedvlan: 'untagged',
  taggedvlans: 'tagged',
  vlans: 'tagged',
};

const fieldNames = Object.keys(device.fields) as (keyof typeof device.fields)[]; // its own keys

/** The field that a person calls so, by its name, its label or another word for it. */
export function fieldCalled(word: string): EntryField | undefined {
  const plain = plainOf(word);
  if (plain === '') return undefined;
  return (
    interfaceFields.find((name) => name === plain) ??
    fieldNames.find((name) => name.toLowerCase() === plain) ??
    (Object.hasOwn(synonyms, plain) ? synonyms[plain] : undefined) ??
    fieldNames.find((name) => plainOf(device.fields[name].label) === plain)
  );
}

const plainOf = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const interfaceLabels: Readonly<Record<InterfaceField, string>> = {
  interface: 'Interface',
  address: 'Address',
  mac: 'MAC address',
  untagged: 'VLAN',
  tagged: 'Tagged VLANs',
};

export const labelOf = (field: EntryField): string =>
  isInterfaceField(field) ? interfaceLabels[field] : device.fields[field].label;

/** What a column may be about, in the order of a menu. */
export const entryFields: readonly EntryField[] = [
  'name',
  'deviceType',
  ...interfaceFields,
  ...fieldNames.filter((name) => name !== 'name' && name !== 'deviceType'),
];

/** Several in one word or cell: `20,30`, `10.0.0.1/24 fd00::1/64`. */
export const several = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
