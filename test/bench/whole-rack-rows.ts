import { type Database, newId } from '../../electron/host/db/index.ts';
import { deviceKinds } from '../../shared/model/inventory.ts';
import { type FieldValue, type KindName, kindOf } from '../../shared/model/kinds/index.ts';

export const wholeRackSize = {
  devices: 1_000,
  interfaces: 20_000,
  addresses: 50_000,
  cables: 5_000,
  prefixes: 500,
} as const;

const perDevice = wholeRackSize.interfaces / wholeRackSize.devices;
const perRack = 25;
/** One device in so many is a patch panel, whose ports are beside its interfaces. */
const panelEach = 50;
const portsOfPanel = 24;

type Add = (kind: KindName, values: Readonly<Record<string, FieldValue>>) => string;
export type Pick = <T>(list: readonly T[], index: number) => T;

/** Ids in the order of making, by kind. */
export type Rows = Readonly<Record<KindName, string[]>>;

/** In two change sets: what there is, and how it is connected. */
export function fillWholeRack(db: Database): Rows {
  const rows: Partial<Record<KindName, string[]>> = {};
  const add: Add = (kind, values) => {
    const id = newId();
    db.tables.records.insert(kindOf(kind), id, values);
    const known = rows[kind] ?? [];
    known.push(id);
    rows[kind] = known;
    return id;
  };
  const all = rows as Rows; // each kind is asked for after it was made
  db.change({ title: 'Imported the inventory', source: 'import' }, () => {
    addPlaces(add, all);
    addNetworks(add, all);
    addDevices(add, all);
    addSoftware(add, all);
  });
  db.change({ title: 'Imported cables and power', source: 'import' }, () => {
    addCables(add, all);
    addPower(add, all);
  });
  return all;
}

function addPlaces(add: Add, rows: Rows): void {
  const site = add('site', { name: 'Hall' });
  const room = add('room', { name: 'Cellar', site });
  for (let n = 0; n < wholeRackSize.devices / perRack; n += 1) {
    add('rack', { name: `R${n + 1}`, site, room, heightUnits: 42 });
  }
  for (let n = 0; n < 20; n += 1) {
    add('device-type', { manufacturer: 'Sample', model: `Box ${n + 1}`, heightUnits: 1 });
  }
  for (let n = 0; n < rows['device-type'].length * 4; n += 1) {
    const deviceType = pick(rows['device-type'], n >> 2);
    add('port-template', { deviceType, role: 'interface', name: `eth${n % 4}` });
  }
}

/** 10.0.0.0/8 over sixteen nets of 16 bits over the rest of 24 bits. */
function addNetworks(add: Add, rows: Rows): void {
  const traffic = ['management', 'storage', 'ingress', 'internal', 'other'];
  for (let n = 0; n < 50; n += 1) {
    const name = n < traffic.length ? pick(traffic, n) : `net-${n + 1}`;
    add('vlan', { number: (n + 1) * 10, name, traffic: pick(traffic, n) });
  }
  const site = pick(rows.site, 0);
  add('prefix', { prefix: '10.0.0.0/8', site });
  for (let n = 0; n < 16; n += 1) add('prefix', { prefix: `10.${n}.0.0/16`, site });
  for (let n = 0; rows.prefix.length < wholeRackSize.prefixes; n += 1) {
    const prefix = `10.${n % 16}.${n >> 4}.0/24`;
    add('prefix', { prefix, vlan: pick(rows.vlan, n), gateway: prefix.replace('0/24', '1') });
    if (n % 10 === 0) {
      const range = prefix.replace(/(.*)\.0\/24$/, '$1.200-$1.250');
      add('ip-range', { range, role: 'dhcp' });
    }
  }
}

const models = ['Raspberry Pi 5 Model B', 'ThinkCentre M720q', 'NUC11TNHi5', 'X11SCH-F', 'R730xd'];
const systems = ['Debian GNU/Linux 13 (trixie)', 'Ubuntu 24.04.3 LTS', 'Alpine Linux 3.22'];

function addDevices(add: Add, rows: Rows): void {
  for (let n = 0; n < wholeRackSize.devices; n += 1) {
    const device = add('device', deviceOf(n, rows));
    for (let port = 0; port < perDevice; port += 1) addInterface(add, rows, { n, port, device });
    if (n % panelEach === 0) addPanel(add, device);
  }
}

function deviceOf(n: number, rows: Rows): Record<string, FieldValue> {
  return {
    name: `node-${n + 1}`,
    kind: pick(deviceKinds, n),
    status: n % 9 === 0 ? 'planned' : 'active',
    deviceType: pick(rows['device-type'], n),
    site: pick(rows.site, 0),
    rack: pick(rows.rack, Math.floor(n / perRack)),
    position: (n % perRack) + 1,
    heightUnits: 1,
    hostname: `node-${n + 1}.rack.example`,
    manufacturer: 'Sample',
    model: pick(models, n),
    serial: `SN${String(n * 7919).padStart(9, '0')}`,
    os: pick(systems, n),
    kernel: '6.12.41',
    architecture: n % 5 === 0 ? 'aarch64' : 'x86_64',
    cpuCores: 4 + (n % 4) * 4,
    memoryBytes: (8 + (n % 8) * 8) * 1024 ** 3,
    sshUser: 'admin',
  };
}

interface Place {
  readonly n: number;
  readonly port: number;
  readonly device: string;
}

/** Two IPv4 addresses each, and every second one an IPv6 address: 2.5 on average. */
function addInterface(add: Add, rows: Rows, { n, port, device }: Place): void {
  const index = n * perDevice + port;
  const id = add('interface', {
    device,
    name: `eth${port}`,
    kind: 'ethernet',
    mtu: 1500,
    speedMbps: port < 2 ? 10_000 : 1_000,
    ordinal: port,
  });
  const digits = index.toString(16).padStart(10, '0');
  add('mac', { interface: id, mac: `02${digits}`.replaceAll(/(..)(?=.)/g, '$1:') });
  add('vlan-membership', { interface: id, vlan: pick(rows.vlan, port), tagged: false });
  const host = `${(index >> 8) & 0xff}.${index & 0xff}`;
  add('address', { interface: id, address: `10.${index % 16}.${host}/16`, role: 'host' });
  add('address', {
    interface: id,
    address: `10.${(index + 7) % 16}.${host}/16`,
    role: 'secondary',
  });
  if (index % 2 === 0) {
    add('address', { interface: id, address: `fd20::${index.toString(16)}/64`, role: 'host' });
  }
}

function addPanel(add: Add, device: string): void {
  for (let n = 1; n <= portsOfPanel; n += 1) {
    const rear = add('port', { device, role: 'rear', name: `rear ${n}`, ordinal: n });
    add('port', { device, role: 'front', name: `front ${n}`, rear, rearPosition: 1, ordinal: n });
  }
}

/** Between neighbours in the order of interfaces; the first ones through a patch panel. */
function addCables(add: Add, rows: Rows): void {
  const { interface: interfaces, port: ports } = rows;
  const cable = (index: number, ends: readonly Readonly<Record<string, FieldValue>>[]) => {
    const id = add('cable', {
      label: `C${String(index).padStart(5, '0')}`,
      type: 'cat6a',
      status: 'connected',
      colour: pick(['#3366cc', '#cc3333', '#33aa55'], index),
      length: 500 + (index % 10) * 250,
    });
    for (const [side, end] of ends.entries()) {
      add('cable-end', { cable: id, side: side === 0 ? 'a' : 'b', lane: 1, ...end });
    }
  };
  let taken = 0;
  const next = () => ({ interface: pick(interfaces, taken++) });
  for (let n = 0; n < wholeRackSize.cables; n += 1) {
    const port = ports[n];
    cable(n, port === undefined ? [next(), next()] : [next(), { port }]);
  }
}

/** A PDU of 24 outlets in each rack, and a supply for each device. */
function addPower(add: Add, rows: Rows): void {
  const site = pick(rows.site, 0);
  for (const [index, device] of rows.device.entries()) {
    const input = add('power-point', { device, name: 'PSU1', role: 'input', nameplate: 65 });
    if (index % perRack === 0) {
      const name = `F${index / perRack + 1}`;
      const breaker = add('power-point', { site, name, role: 'breaker', amperes: 16, volts: 230 });
      add('power-link', { source: breaker, input });
    } else {
      const pdu = pick(rows.device, index - (index % perRack));
      const feeds = { device: pdu, name: `out ${index % perRack}`, role: 'outlet' };
      add('power-link', { source: add('power-point', feeds), input });
    }
  }
}

function addSoftware(add: Add, rows: Rows): void {
  const cluster = add('cluster', { name: 'k3s', kind: 'k3s' });
  for (let n = 0; n < 50; n += 1) {
    add('cluster-member', { cluster, device: pick(rows.device, n), role: 'worker' });
  }
  for (let n = 0; n < 300; n += 1) {
    const device = pick(rows.device, n * 3);
    const service = add('service', { name: `service-${n + 1}`, kind: 'app', replicas: 1 });
    const runsOn = add('service-runs-on', { service, device });
    add('service-port', { runsOn, protocol: 'tcp', port: 8_000 + n });
    if (n > 0) add('service-depends-on', { service, needed: pick(rows.service, n >> 1) });
    if (n % 10 === 0) {
      const pool = add('storage-pool', { name: `pool-${n}`, device, kind: 'zfs' });
      add('volume', { name: `volume-${n}`, pool, kind: 'share' });
    }
  }
}

export const pick: Pick = (list, index) => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
};
