import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { ok, sampleFacts } from '../inventory/sample-facts.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createNetworks, type Networks } from './index.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let records: Records;
let networks: Networks;
let core: string;
let ports: string[];
const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  records = createRecords(db);
  networks = createNetworks(db);
  core = add('device', { name: 'core', kind: 'switch', hostname: 'core.home' });
  ports = ['ether10', 'ether2', 'ether1'].map((name) => add('interface', { device: core, name }));
});
afterEach(() => data.remove());

const shown = () => networks.ports({ deviceId: core, offset: 0, limit: 100 }).rows;
const vlansOf = (name: string) =>
  shown()
    .find((port) => port.name === name)
    ?.vlans.map(({ number, tagged }) => (tagged ? `t${number}` : `u${number}`));
const lldpOf = (sees: { chassisName?: string; chassisId?: string; portId: string }) =>
  sampleFacts({
    lldp: ok([
      {
        interface: 'eth0',
        chassisName: sees.chassisName ?? null,
        chassisId: sees.chassisId ?? null,
        portId: sees.portId,
        portDescription: null,
        pvid: 10,
      },
    ]),
  });
const cable = (a: string, b: string) => {
  const id = add('cable', { label: 'c1' });
  add('cable-end', { cable: id, side: 'a', interface: a });
  add('cable-end', { cable: id, side: 'b', interface: b });
};

describe('the ports of a switch', () => {
  it('come as a person counts them, a page at a time', () => {
    expect(shown().map(({ name }) => name)).toEqual(['ether1', 'ether2', 'ether10']);
    const page = networks.ports({ deviceId: core, offset: 1, limit: 1 });
    expect(page.rows.map(({ name }) => name)).toEqual(['ether2']);
    expect(page.total).toBe(3);
  });

  it('list what a cable leads to', () => {
    const pi = add('device', { name: 'pi', kind: 'sbc' });
    cable(ports[2] ?? '', add('interface', { device: pi, name: 'eth0' }));
    expect(shown()[0]?.cable).toMatchObject({
      label: 'c1',
      ends: [{ deviceName: 'pi', portName: 'eth0', isInterface: true }],
    });
  });

  it('list what LLDP on a machine says, by the name of the switch or a MAC of it', () => {
    const pi = add('device', { name: 'pi', kind: 'sbc' });
    inventory.recordFacts({
      deviceId: pi,
      facts: lldpOf({ chassisName: 'CORE.home', portId: 'Ether2' }),
    });
    expect(shown()[1]?.lldp).toMatchObject({ deviceName: 'pi', portName: 'eth0', pvid: 10 });
    add('mac', { interface: ports[0], mac: '02:00:00:00:00:aa' });
    const seen = { chassisId: '02:00:00:00:00:AA', portId: '02:00:00:00:00:AA' };
    inventory.recordFacts({ deviceId: pi, facts: lldpOf(seen) });
    expect(shown()[1]?.lldp).toBeNull();
    expect(shown()[2]?.lldp).toMatchObject({ deviceName: 'pi' });
  });

  it('are doubtful where LLDP names another machine than the cable', () => {
    const [pi, nas] = ['pi', 'nas'].map((name) => {
      const device = add('device', { name, kind: 'server' });
      return { device, port: add('interface', { device, name: 'eth0' }) };
    });
    if (pi === undefined || nas === undefined) throw new Error('They are missing');
    cable(ports[2] ?? '', nas.port);
    inventory.recordFacts({
      deviceId: pi.device,
      facts: lldpOf({ chassisName: 'core', portId: 'ether1' }),
    });
    expect(shown()[0]).toMatchObject({ doubtful: true, lldp: { deviceName: 'pi' } });
    expect(shown()[1]?.doubtful).toBe(false);
  });
});

describe('setting the VLANs of ports', () => {
  let vlans: string[];
  beforeEach(() => {
    vlans = [10, 20, 30].map((number) => add('vlan', { number, name: `v${number}` }));
  });
  const [ten, twenty, thirty] = [0, 1, 2].map((index) => () => vlans[index] ?? '');

  it('is one change set for all of them, and touches nothing that is so already', () => {
    networks.setPortVlans({
      interfaceIds: ports,
      untagged: ten?.() ?? '',
      tagged: { set: [twenty?.() ?? ''] },
    });
    expect(['ether1', 'ether2', 'ether10'].map(vlansOf)).toEqual([
      ['u10', 't20'],
      ['u10', 't20'],
      ['u10', 't20'],
    ]);
    networks.setPortVlans({ interfaceIds: ports, tagged: { add: [thirty?.() ?? ''], take: [] } });
    const newest = db.history.list({ limit: 1, before: null })[0];
    expect(newest).toMatchObject({ title: 'Set the VLANs of 3 ports', changeCount: 3 });
    db.history.undo();
    expect(vlansOf('ether1')).toEqual(['u10', 't20']);
  });

  it('moves a VLAN from tagged to untagged, and takes the one before off', () => {
    const interfaceIds = ports.slice(2);
    networks.setPortVlans({
      interfaceIds,
      untagged: ten?.() ?? '',
      tagged: { set: [twenty?.() ?? ''] },
    });
    networks.setPortVlans({ interfaceIds, untagged: twenty?.() ?? '' });
    expect(vlansOf('ether1')).toEqual(['u20']);
    networks.setPortVlans({ interfaceIds, untagged: null });
    expect(vlansOf('ether1')).toEqual([]);
  });

  it('writes nothing when a port or a VLAN is gone', () => {
    const gone = '01890000-0000-7000-8000-000000000000';
    const refused = [
      { interfaceIds: [...ports, gone], untagged: ten?.() ?? '' },
      { interfaceIds: ports, tagged: { set: [gone] } },
      { interfaceIds: ports },
    ];
    for (const input of refused) {
      expect(() => networks.setPortVlans(input)).toThrow(RackhelmError);
    }
    expect(vlansOf('ether1')).toEqual([]);
  });
});
