import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createNetworks, type Networks } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let networks: Networks;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  networks = createNetworks(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
function failure(work: () => unknown): RackhelmError {
  try {
    work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}
const usual = (number: number, name: string, third: number) => ({
  number,
  name,
  traffic: name,
  mtu: null,
  purpose: null,
  prefix: `10.20.${third}.0/24`,
  gateway: `10.20.${third}.1`,
});
const tree = (query: Partial<Parameters<Networks['tree']>[0]> = {}) =>
  networks.tree({ search: '', closed: [], free: false, offset: 0, limit: 200, ...query });
const drawnTree = (query: Parameters<typeof tree>[0] = {}) =>
  tree(query).rows.map(
    (row) =>
      `${'  '.repeat(row.depth)}${row.type === 'free' ? `free ${row.first}-${row.last}` : row.prefix}`,
  );

describe('the plan of the VLANs', () => {
  it('begins with several VLANs as one change set that is undone as one', () => {
    const before = snapshot(db.file);
    networks.addVlans({ vlans: [usual(10, 'management', 10), usual(20, 'storage', 20)] });
    const { rows, total } = networks.vlans({ offset: 0, limit: 10 });
    expect(total).toBe(2);
    expect(rows[0]).toMatchObject({
      number: 10,
      traffic: 'management',
      prefixes: [{ prefix: '10.20.10.0/24', gateway: '10.20.10.1', use: { size: 256, used: 1 } }],
    });
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('adds none where one of them is there already, and says which', () => {
    networks.addVlans({ vlans: [usual(20, 'storage', 20)] });
    const clash = { vlans: [usual(10, 'management', 10), usual(20, 'other', 30)] };
    expect(failure(() => networks.addVlans(clash)).message).toContain('VLAN 20');
    expect(networks.vlans({ offset: 0, limit: 10 }).total).toBe(1);
  });

  it('counts ports by device and tells which services are reached in it and from where', () => {
    networks.addVlans({ vlans: [usual(30, 'ingress', 30), usual(40, 'internal', 40)] });
    const [ingress, internal] = networks.vlans({ offset: 0, limit: 2 }).rows;
    if (ingress === undefined || internal === undefined) throw new Error('They are missing');
    const device = add('device', { name: 'core', kind: 'switch' });
    const router = add('device', { name: 'edge', kind: 'router' });
    for (const name of ['ether1', 'ether2']) {
      const port = add('interface', { device, name });
      add('vlan-membership', { interface: port, vlan: ingress.id, tagged: name === 'ether2' });
    }
    const legs = ['30', '40'].map((third) => {
      const link = add('interface', { device: router, name: `vlan${third}` });
      return add('address', { interface: link, address: `10.20.${third}.1/24` });
    });
    const service = add('service', { name: 'traefik', kind: 'proxy' });
    add('exposure', { service, port: 443, address: legs[0], reachableFrom: 'internet' });
    const planned = networks.vlans({ offset: 0, limit: 1 }).rows[0];
    expect(planned).toMatchObject({ untagged: 1, tagged: 1, exposed: 1 });
    expect(planned?.gear).toMatchObject([{ deviceName: 'core', untagged: 1, tagged: 1 }]);
    const details = networks.vlan({ id: ingress.id });
    expect(details.exposures).toMatchObject([
      { serviceName: 'traefik', from: 'internet', address: '10.20.30.1', here: true },
    ]);
    expect(details.across).toEqual([
      { deviceId: router, name: 'edge', vlans: ['internal'], gateway: true },
    ]);
    expect(networks.vlan({ id: internal.id }).exposures).toEqual([]);
  });
});

describe('the tree of prefixes', () => {
  const plan = [
    '10.0.0.0/16',
    '10.0.0.0/24',
    '10.0.4.0/22',
    '10.0.5.0/24',
    'fd00::/48',
    'fd00::/64',
  ];
  beforeEach(() => {
    for (const prefix of plan) add('prefix', { prefix });
  });

  it('nests them by their addresses, IPv4 first, and shows what is free between them', () => {
    expect(drawnTree({ free: true })).toEqual([
      '10.0.0.0/16',
      '  10.0.0.0/24',
      '  free 10.0.1.0-10.0.3.255',
      '  10.0.4.0/22',
      '    free 10.0.4.0-10.0.4.255',
      '    10.0.5.0/24',
      '    free 10.0.6.0-10.0.7.255',
      '  free 10.0.8.0-10.0.255.255',
      'fd00::/48',
      '  fd00::/64',
      '  free fd00:0:0:1::-fd00::ffff:ffff:ffff:ffff:ffff',
    ]);
  });

  it('leaves out the inside of closed ones, and gives a page of the rest', () => {
    const closed = tree().rows.flatMap((row) =>
      row.type === 'prefix' && row.prefix === '10.0.0.0/16' ? [row.id] : [],
    );
    expect(drawnTree({ closed })).toEqual(['10.0.0.0/16', 'fd00::/48', '  fd00::/64']);
    expect(drawnTree({ closed, offset: 1, limit: 1 })).toEqual(['fd00::/48']);
    expect(tree({ closed, limit: 1 }).total).toBe(3);
  });

  it('finds by what a prefix is called, and keeps what it stands in', () => {
    const vlan = add('vlan', { number: 50, name: 'cameras' });
    const five = tree().rows.find((row) => row.type === 'prefix' && row.prefix === '10.0.5.0/24');
    if (five?.type !== 'prefix') throw new Error('It is missing');
    records.update({ kind: 'prefix', ids: [five.id], values: { vlan } });
    expect(drawnTree({ search: 'CAMERAS' })).toEqual([
      '10.0.0.0/16',
      '  10.0.4.0/22',
      '    10.0.5.0/24',
    ]);
    expect(drawnTree({ search: 'nothing' })).toEqual([]);
  });

  it('counts an address once, whether an interface, a reservation, a gateway or a range has it', () => {
    const device = add('device', { name: 'a', kind: 'server' });
    for (const name of ['eth0', 'eth1']) {
      const link = add('interface', { device, name });
      add('address', { interface: link, address: '10.0.5.9/24' });
    }
    add('dhcp-reservation', { address: '10.0.5.9', mac: '02:00:00:00:00:01' });
    add('dhcp-reservation', { address: '10.0.5.10', mac: '02:00:00:00:00:02' });
    add('ip-range', { range: '10.0.5.10-10.0.5.19', role: 'dhcp' });
    add('ip-range', { range: '10.0.5.15-10.0.6.4', role: 'reserved' });
    const use = (prefix: string) =>
      tree().rows.find((row) => row.type === 'prefix' && row.prefix === prefix);
    expect(use('10.0.5.0/24')).toMatchObject({ use: { size: 256, used: 2, ranged: 245 } });
    expect(use('10.0.4.0/22')).toMatchObject({ use: { used: 2, ranged: 250 }, share: 0.25 });
  });

  it('does not take IPv4 for a part of the whole of IPv6', () => {
    const device = add('device', { name: 'a', kind: 'server' });
    const link = add('interface', { device, name: 'eth0' });
    for (const address of ['10.0.5.9/24', 'fd00::9/64'])
      add('address', { interface: link, address });
    add('prefix', { prefix: '::/0' });
    const all = tree().rows.find((row) => row.type === 'prefix' && row.prefix === '::/0');
    expect(all).toMatchObject({ use: { used: 1 } });
    expect(networks.addresses({ prefix: '::/0', offset: 0, limit: 10 }).rows).toMatchObject([
      { address: 'fd00::9' },
    ]);
  });

  it('offers the lowest free prefixes, also from an address on', () => {
    const free = (length: number, count = 1, from: string | null = null) =>
      networks.freePrefixes({ within: '10.0.0.0/16', length, count, from }).prefixes;
    expect(free(24, 3)).toEqual(['10.0.1.0/24', '10.0.2.0/24', '10.0.3.0/24']);
    expect(free(22)).toEqual(['10.0.8.0/22']);
    expect(free(24, 1, '10.0.7.9')).toEqual(['10.0.8.0/24']);
    expect(failure(() => free(8)).code).toBe('INVALID_INPUT');
  });

  it('splits a prefix into those of a length that are missing, as one change set', () => {
    const [root] = tree().rows;
    if (root?.type !== 'prefix') throw new Error('It is missing');
    expect(networks.split({ id: root.id, length: 18 }).added).toBe(4);
    expect(drawnTree({ search: '10.0.64.0/18' })).toEqual(['10.0.0.0/16', '  10.0.64.0/18']);
    expect(failure(() => networks.split({ id: root.id, length: 18 })).message).toContain('already');
    expect(failure(() => networks.split({ id: root.id, length: 32 })).message).toContain(
      'too many',
    );
    db.history.undo();
    expect(tree().total).toBe(plan.length);
  });
});
