import { deviceKinds, deviceStatuses } from '../inventory.ts';
import {
  bytes,
  choice,
  comment,
  network,
  number,
  reference,
  speed,
  text,
  watts,
  yesNo,
} from './field.ts';
import { defineKind } from './kind.ts';

const units = (label: string, least: number, most: number) =>
  number(label, least, most, { type: 'units', step: 0.5 });

/** What several devices of one model have in common; its ports are port templates. */
export const deviceType = defineKind({
  name: 'device-type',
  table: 'device_type',
  label: 'Device type',
  plural: 'Device types',
  key: ['manufacturer', 'model'],
  named: true,
  fields: {
    manufacturer: text('Manufacturer', { required: true, most: 200 }),
    model: text('Model', { required: true, most: 200 }),
    slug: text('Short name', { most: 200, help: 'As the device-type library names it.' }),
    partNumber: text('Part number', { most: 200 }),
    kind: choice('Kind of device', deviceKinds),
    heightUnits: units('Height', 0, 50),
    width: choice('Takes', ['full', 'half', 'third'], {
      help: 'Of the width of a 19-inch rack; half fills a 10-inch one.',
    }),
    fullDepth: yesNo('Full depth', { help: 'Also takes the rear of its units.' }),
    depth: number('Depth', 1, 3_000, { type: 'length' }),
    weight: number('Weight', 0, 1_000_000, { help: 'Grams.' }),
    airflow: text('Airflow', { most: 100 }),
    bays: choice('Bays', ['none', 'parent', 'child'], {
      help: 'A parent has bays that children, boards for example, go into.',
    }),
    nameplate: watts('Nameplate power'),
    comment,
  },
});

export const portTemplate = defineKind({
  name: 'port-template',
  table: 'port_template',
  label: 'Port template',
  plural: 'Port templates',
  key: ['deviceType', 'role', 'name'],
  named: true,
  owner: 'deviceType',
  fields: {
    deviceType: reference('Device type', 'device-type', { required: true }),
    role: choice(
      'Role',
      [
        'interface',
        'front-port',
        'rear-port',
        'console-port',
        'console-server-port',
        'power-port',
        'power-outlet',
        'device-bay',
        'module-bay',
      ],
      { required: true },
    ),
    name: text('Name', { required: true, most: 200 }),
    label: text('Label', { most: 200 }),
    type: text('Type', { most: 100, help: 'As the device-type library names it: 1000base-t.' }),
    management: yesNo('Management only'),
    poe: text('Power over Ethernet', { most: 100 }),
    /** Of a front port: the rear port behind it, by name, and which of its positions. */
    rearPort: text('Rear port', { most: 200 }),
    rearPosition: number('Position at the rear', 1, 1_024),
    positions: number('Positions', 1, 1_024),
    /** Of an outlet: the power port that feeds it, by name. */
    powerPort: text('Fed by', { most: 200 }),
    feedLeg: choice('Phase', ['A', 'B', 'C']),
    maximumDraw: watts('Maximum draw'),
    allocatedDraw: watts('Allocated draw'),
    ordinal: number('Order', 0, 1_000_000),
    comment,
  },
});

export const device = defineKind({
  name: 'device',
  table: 'device',
  label: 'Device',
  plural: 'Devices',
  key: ['name'],
  named: true,
  fields: {
    name: text('Name', { required: true, most: 253 }),
    kind: choice('Kind', deviceKinds, { required: true }),
    status: choice('Status', deviceStatuses, { required: true, standard: 'planned' }),
    deviceType: reference('Device type', 'device-type'),
    site: reference('Site', 'site'),
    rack: reference('Rack', 'rack'),
    position: units('Rack unit', 1, 100),
    heightUnits: { ...units('Height', 0, 50), required: true, standard: 1 },
    face: choice('Face', ['front', 'rear']),
    side: choice('Side', ['left', 'middle', 'right'], {
      help: 'Of gear that does not take the whole width.',
    }),
    parent: reference('In or on', 'device', {
      help: 'The chassis, shelf or host that it is in or on.',
    }),
    bay: text('Bay', { most: 200, help: 'Bay or place in its parent.' }),
    assetTag: text('Asset tag', { most: 200 }),
    hostname: text('Host name'),
    manufacturer: text('Manufacturer'),
    model: text('Model'),
    serial: text('Serial number'),
    os: text('Operating system'),
    kernel: text('Kernel'),
    architecture: text('Architecture'),
    cpuModel: text('Processor'),
    cpuCores: number('Cores', 1, 100_000),
    memoryBytes: bytes('Memory'),
    nameplate: watts('Nameplate power'),
    measured: watts('Measured power'),
    battery: number('Battery', 0, 1_000_000, {
      type: 'watt-hours',
      help: 'Of a UPS; its run time is reckoned from it.',
    }),
    sshHost: text('SSH host'),
    sshPort: number('SSH port', 1, 65_535),
    sshUser: text('SSH user'),
    sshIdentityFile: text('SSH key file', { most: 4_096 }),
    sshJump: text('SSH jump hosts', { most: 8_000 }),
    comment,
  },
});

export const interfaceKind = defineKind({
  name: 'interface',
  table: 'interface',
  label: 'Interface',
  plural: 'Interfaces',
  key: ['device', 'name'],
  named: true,
  owner: 'device',
  fields: {
    device: reference('Device', 'device', { required: true }),
    name: text('Name', { required: true, most: 200 }),
    kind: text('Kind', { required: true, standard: 'ethernet', most: 100 }),
    type: text('Connector', { most: 100, help: 'As the device-type library names it.' }),
    label: text('Label', { most: 200 }),
    parent: reference('On', 'interface', { help: 'What a VLAN interface sits on.' }),
    lag: reference('Member of', 'interface', { help: 'The bond or LAG that it belongs to.' }),
    mtu: number('MTU', 68, 65_536),
    speedMbps: speed('Speed'),
    management: yesNo('Management only'),
    disabled: yesNo('Switched off'),
    poe: text('Power over Ethernet', { most: 100 }),
    ordinal: number('Order', 0, 10_000_000, { required: true, standard: 0 }),
    comment,
  },
});

export const mac = defineKind({
  name: 'mac',
  table: 'mac',
  label: 'MAC address',
  plural: 'MAC addresses',
  key: ['interface', 'mac'],
  named: true,
  owner: 'interface',
  fields: {
    interface: reference('Interface', 'interface', { required: true }),
    mac: network('mac', 'MAC address', { required: true }),
  },
});

/** Where cables end that are no interface: patch panels and consoles. */
export const port = defineKind({
  name: 'port',
  table: 'port',
  label: 'Port',
  plural: 'Ports',
  key: ['device', 'role', 'name'],
  named: true,
  owner: 'device',
  fields: {
    device: reference('Device', 'device', { required: true }),
    role: choice('Role', ['front', 'rear', 'console', 'console-server'], { required: true }),
    name: text('Name', { required: true, most: 200 }),
    label: text('Label', { most: 200 }),
    type: text('Connector', { most: 100 }),
    positions: number('Positions', 1, 1_024, { help: 'Of a rear port that several lead to.' }),
    rear: reference('Leads to', 'port', { help: 'The rear port behind a front port.' }),
    rearPosition: number('Position at the rear', 1, 1_024),
    ordinal: number('Order', 0, 10_000_000),
    comment,
  },
});

export const gpu = defineKind({
  name: 'gpu',
  table: 'gpu',
  label: 'GPU',
  plural: 'GPUs',
  key: ['device', 'slot'],
  named: false,
  owner: 'device',
  fields: {
    device: reference('Device', 'device', { required: true }),
    slot: text('Slot', { most: 100 }),
    model: text('Model', { required: true, most: 200 }),
    memoryBytes: bytes('Memory'),
    powerLimit: watts('Power limit'),
    comment,
  },
});
