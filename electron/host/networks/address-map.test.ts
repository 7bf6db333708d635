import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createNetworks, type Networks } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let networks: Networks;
let link: string;
const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  networks = createNetworks(db);
  link = add('interface', { device: add('device', { name: 'pi', kind: 'sbc' }), name: 'eth0' });
});
afterEach(() => data.remove());

describe('the map of a prefix', () => {
  it('says who has each address, what is reserved, and which is the next free one', () => {
    const vlan = add('vlan', { number: 10, name: 'management' });
    add('prefix', { prefix: '10.0.0.0/8' });
    add('prefix', { prefix: '10.0.5.0/24', gateway: '10.0.5.1', vlan });
    add('prefix', { prefix: '10.0.5.128/25' });
    add('address', { interface: link, address: '10.0.5.2/24' });
    const virtual = add('address', { address: '10.0.5.9/24', role: 'virtual', sharing: 'vrrp' });
    add('address-holder', { address: virtual, interface: link, priority: 100 });
    add('dhcp-reservation', { address: '10.0.5.4', mac: '02:00:00:00:00:04', hostname: 'tv' });
    add('ip-range', { range: '10.0.5.5-10.0.5.7', role: 'dhcp' });
    const map = networks.map({ prefix: '10.0.5.0/24' });
    expect(map).toMatchObject({
      declared: { gateway: '10.0.5.1', vlan: { number: 10 } },
      around: [{ prefix: '10.0.0.0/8' }],
      inner: [{ prefix: '10.0.5.128/25' }],
      next: '10.0.5.3',
      ranges: [{ role: 'dhcp', first: '10.0.5.5', last: '10.0.5.7', size: 3 }],
      drawn: {
        form: 'cells',
        count: 256,
        taken: [
          { address: '10.0.5.1', uses: [{ type: 'gateway', prefix: '10.0.5.0/24' }] },
          {
            address: '10.0.5.2',
            uses: [{ type: 'address', deviceName: 'pi', interfaceName: 'eth0' }],
          },
          { address: '10.0.5.4', uses: [{ type: 'reservation', hostname: 'tv' }] },
          { address: '10.0.5.9', uses: [{ type: 'address', role: 'virtual', holders: 1 }] },
        ],
      },
    });
    add('address', { interface: link, address: '10.0.5.3/24' });
    expect(networks.map({ prefix: '10.0.5.0/24' }).next).toBe('10.0.5.8');
  });

  it('tells that several have the same address, and shows the first few', () => {
    for (let index = 0; index < 6; index += 1) {
      const device = add('device', { name: `copy-${index}`, kind: 'vm' });
      const own = add('interface', { device, name: 'eth0' });
      add('address', { interface: own, address: '10.0.5.2/24' });
    }
    const { drawn } = networks.map({ prefix: '10.0.5.0/24' });
    if (drawn.form !== 'cells') throw new Error('It is small');
    expect(drawn.taken).toHaveLength(1);
    expect(drawn.taken[0]?.useCount).toBe(6);
    expect(drawn.taken[0]?.uses).toHaveLength(4);
  });

  it('is one of parts for a large network, and of blocks in use for IPv6', () => {
    add('address', { interface: link, address: '10.3.0.2/8' });
    add('address', { interface: link, address: 'fd00::5:2/64' });
    add('ip-range', { range: '10.4.0.0-10.4.0.255', role: 'pods' });
    const { drawn } = networks.map({ prefix: '10.0.0.0/8' });
    if (drawn.form !== 'parts') throw new Error('It is large');
    expect(drawn.parts).toHaveLength(256);
    expect(drawn.parts[3]).toMatchObject({ prefix: '10.3.0.0/16', use: { used: 1, ranged: 0 } });
    expect(drawn.parts[4]).toMatchObject({ use: { used: 0, ranged: 256 } });
    expect(networks.map({ prefix: 'fd00::/64' })).toMatchObject({
      next: 'fd00::1',
      drawn: { form: 'blocks', parts: [{ prefix: 'fd00::5:0/120', use: { used: 1 } }] },
    });
  });

  it('has no next address when everything is taken', () => {
    add('ip-range', { range: '10.0.5.0-10.0.5.3', role: 'reserved' });
    expect(networks.map({ prefix: '10.0.5.0/30' }).next).toBeNull();
  });

  it('lists the taken addresses in pages', () => {
    for (let host = 1; host <= 5; host += 1) {
      add('address', { interface: link, address: `10.0.5.${host}/24` });
    }
    const page = networks.addresses({ prefix: '10.0.5.0/24', offset: 2, limit: 2 });
    expect(page.total).toBe(5);
    expect(page.rows.map(({ address }) => address)).toEqual(['10.0.5.3', '10.0.5.4']);
  });
});
