import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const valuesOf = (kind: KindName, id: string) => records.get({ kind, id }).record.values;
const copy = (kind: KindName, ids: string[], copies = 1) =>
  records.duplicate({ kind, ids, copies });
const namesOf = (kind: KindName) =>
  records
    .list({
      kind,
      search: '',
      where: [],
      sort: { field: null, descending: false },
      offset: 0,
      limit: 1_000,
    })
    .rows.map(({ name }) => name);

/** A switch with a bond, a VLAN, a panel behind it, power, and what only it has. */
function addWhole(): string {
  const site = add('site', { name: 'Home' });
  const rack = add('rack', { site, name: 'A', heightUnits: 12 });
  const device = add('device', {
    name: 'sw-1',
    kind: 'switch',
    rack,
    position: 3,
    serial: 'S1',
    assetTag: 'T1',
    model: 'CRS326',
  });
  const bond = add('interface', { device, name: 'bond0', kind: 'bond' });
  const port = add('interface', { device, name: 'sfp1', lag: bond, speedMbps: 10_000 });
  const vlan = add('vlan', { number: 20, name: 'storage' });
  add('vlan-membership', { interface: port, vlan, tagged: true });
  add('mac', { interface: port, mac: '02:00:00:00:00:01' });
  add('address', { interface: bond, address: '10.0.0.2/24' });
  const rear = add('port', { device, role: 'rear', name: 'R1' });
  add('port', { device, role: 'front', name: 'F1', rear, rearPosition: 1 });
  const input = add('power-point', { device, role: 'input', name: 'PSU', measured: 20 });
  add('power-point', { device, role: 'outlet', name: 'Out', fedBy: input });
  return device;
}

describe('duplicating a device', () => {
  it('takes its ports, power and VLANs along, wired among themselves', () => {
    const [id = ''] = copy('device', [addWhole()]).ids;
    expect(valuesOf('device', id)).toMatchObject({ name: 'sw-2', model: 'CRS326' });
    const port = records.named('interface', 'sw-2 sfp1');
    expect(port.names.lag).toBe('sw-2 bond0');
    expect(port.values.speedMbps).toBe(10_000);
    expect(records.named('vlan-membership', 'sw-2 sfp1 storage').values.tagged).toBe(true);
    expect(records.named('port', 'sw-2 front F1').names.rear).toBe('sw-2 rear R1');
    expect(records.named('power-point', 'sw-2 Out').names.fedBy).toBe('sw-2 PSU');
  });

  it('leaves out what only one has, and the units that it takes', () => {
    const source = addWhole();
    const [id = ''] = copy('device', [source]).ids;
    const { site, rack, ...values } = valuesOf('device', id);
    expect([site, rack]).toEqual(Object.values(valuesOf('device', source)).slice(4, 6));
    expect(values).toMatchObject({ position: null, serial: null, assetTag: null });
    expect(records.named('power-point', 'sw-2 PSU').values.measured).toBeNull();
    expect(namesOf('mac')).toHaveLength(1);
    expect(namesOf('address')).toHaveLength(1);
    expect(valuesOf('device', source)).toMatchObject({ serial: 'S1', position: 3 });
  });

  it('makes many, each once, as one change that is undone as one', () => {
    const source = addWhole();
    add('device', { name: 'SW-3', kind: 'switch' });
    const before = snapshot(db.file);
    expect(records.duplicateSize({ kind: 'device', ids: [source], copies: 3 })).toBe(21);
    const preview = records.duplicatePreview({ kind: 'device', ids: [source], copies: 3 });
    expect(preview).toEqual({
      names: ['sw-2', 'sw-4', 'sw-5'],
      total: 3,
      along: [
        { kind: 'interface', count: 6 },
        { kind: 'vlan-membership', count: 3 },
        { kind: 'port', count: 6 },
        { kind: 'power-point', count: 6 },
      ],
      leftOut: ['Serial number', 'Asset tag', 'Rack unit'],
    });
    expect(copy('device', [source], 3).ids).toHaveLength(3);
    expect(namesOf('device')).toEqual(['sw-1', 'sw-2', 'SW-3', 'sw-4', 'sw-5']);
    expect(db.history.undo().title).toBe('Undid: Duplicated device sw-1 3 times');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('gives the copies of several names of their own, as the preview says', () => {
    const ids = ['pi-1', 'pi-2'].map((name) => add('device', { name, kind: 'sbc' }));
    const { names } = records.duplicatePreview({ kind: 'device', ids, copies: 2 });
    expect(names).toEqual(['pi-3', 'pi-4', 'pi-5', 'pi-6']);
    copy('device', ids, 2);
    expect(namesOf('device').slice(2)).toEqual(names);
  });

  it('lets what takes no unit lie where the first lies', () => {
    const site = add('site', { name: 'Home' });
    const rack = add('rack', { site, name: 'A', heightUnits: 12 });
    const board = { name: 'b-1', kind: 'sbc', rack, position: 2, heightUnits: 0 };
    const [id = ''] = copy('device', [add('device', board)]).ids;
    expect(valuesOf('device', id)).toMatchObject({ rack, position: 2 });
  });
});

describe('duplicating anything else', () => {
  it.each<[KindName, Record<string, unknown>, Record<string, unknown>]>([
    ['vlan', { number: 20, name: 'vlan20' }, { number: 21, name: 'vlan21' }],
    ['prefix', { prefix: '10.0.1.0/24', gateway: '10.0.1.1' }, { prefix: '10.0.2.0/24' }],
    ['ip-range', { range: '10.0.0.10-10.0.0.19', role: 'dhcp' }, { range: '10.0.0.20-10.0.0.29' }],
    ['address', { address: '10.0.0.9/24', role: 'virtual' }, { address: '10.0.0.10/24' }],
    ['cable', { label: 'C009', colour: 'red' }, { label: 'C010', colour: 'red' }],
    ['device-type', { manufacturer: 'A', model: 'Pi 5', slug: 'a-pi' }, { model: 'Pi 5 (2)' }],
    ['service', { name: 'db', kind: 'database' }, { name: 'db-2', kind: 'database' }],
  ])('counts a %s on', (kind, values, expected) => {
    const id = add(kind, values);
    const [made = ''] = copy(kind, [id]).ids;
    expect(valuesOf(kind, made)).toMatchObject(expected);
  });

  it('takes the port templates of a type along', () => {
    const deviceType = add('device-type', { manufacturer: 'A', model: 'X' });
    add('port-template', { deviceType, role: 'interface', name: 'eth0', type: '1000base-t' });
    copy('device-type', [deviceType]);
    expect(namesOf('port-template')).toEqual(['A X interface eth0', 'A X (2) interface eth0']);
  });

  it('refuses what joins two things, and the last VLAN number, and writes nothing', () => {
    const device = add('device', { name: 'a', kind: 'sbc' });
    const cluster = add('cluster', { name: 'k', kind: 'k3s' });
    const member = add('cluster-member', { cluster, device, role: 'worker' });
    const vlan = add('vlan', { number: 4_094, name: 'last' });
    const before = snapshot(db.file);
    for (const [kind, id] of [
      ['cluster-member', member],
      ['vlan', vlan],
    ] as const) {
      expect(() => copy(kind, [id])).toThrow(RackhelmError);
    }
    expect(snapshot(db.file)).toEqual(before);
  });
});
