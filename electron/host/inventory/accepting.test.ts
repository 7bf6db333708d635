import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { openSample } from '../sample/index.ts';
import { createInventory, type Inventory } from './index.ts';
import {
  address,
  addSampleMachine,
  observedLink,
  ok,
  sampleFacts,
  withLinks,
} from './sample-facts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const addMachine = (facts: Facts, name?: string, acceptFacts?: boolean) =>
  addSampleMachine(inventory, facts, { name, acceptFacts });
const rows = (id: string) =>
  new Map(
    inventory.devices.compare({ id, view: 'all', limit: 500 }).rows.map((row) => [row.path, row]),
  );
const differences = (id: string) => inventory.devices.get(id).device.differences;

describe('accepting', () => {
  it('writes what was chosen, as one change set, and counts what is left', () => {
    const id = addMachine(sampleFacts());
    const open = differences(id);
    const paths = ['os', 'interface/eth0/address/10.0.0.11/24'];
    expect(inventory.devices.accept({ id, chosen: { paths } }).accepted).toBe(2);
    const { device, interfaces } = inventory.devices.get(id);
    expect(device).toMatchObject({ os: 'Debian GNU/Linux 13 (trixie)', model: null });
    expect(interfaces[0]).toMatchObject({ name: 'eth0', macs: [], mtu: null });
    // The interface itself came along with its address.
    expect(device.differences).toBe(open - 3);
    db.history.undo();
    expect(differences(id)).toBe(open);
  });

  it('replaces a declared value by the observed one', () => {
    const id = addMachine(sampleFacts(), 'pi-1', true);
    const moved = [
      observedLink({
        name: 'eth0',
        mac: 'd8:3a:dd:00:00:99',
        mtu: 9000,
        addresses: [address('10.0.0.11/16')],
      }),
    ];
    inventory.recordFacts({ deviceId: id, facts: withLinks(moved) });
    const paths = [...rows(id).values()].filter((one) => one.acceptable).map(({ path }) => path);
    inventory.devices.accept({ id, chosen: { paths } });
    expect(inventory.devices.get(id).interfaces[0]).toMatchObject({
      macs: ['d8:3a:dd:00:00:99'],
      mtu: 9000,
      addresses: [expect.objectContaining({ address: '10.0.0.11/16' })],
    });
    expect(differences(id)).toBe(0);
  });

  it.each([
    ['eth0.20', [['interface/eth0.20', 'interface/eth0']]],
    ['cluster', [['interface/cluster', 'interface/eth0']]],
    ['eth0.20', [['interface/eth0'], ['interface/eth0.20/mac']]],
    ['cluster', [['interface/cluster'], ['interface/eth0']]],
  ])('puts VLAN interface %s onto the one below it, accepted as %j', (child, steps) => {
    openSample(db, 'rackhelm: 2\nvlans:\n  - {number: 20, name: storage}');
    const vlan = observedLink({ name: child, kind: 'vlan', vlanId: 20, parent: 'eth0' });
    const id = addMachine(withLinks([vlan, observedLink({ name: 'eth0' })]));
    for (const paths of steps) inventory.devices.accept({ id, chosen: { paths } });
    const storage = (tagged: boolean) => [{ vlanId: 20, name: 'storage', tagged }];
    const { interfaces } = inventory.devices.get(id);
    expect(Object.fromEntries(interfaces.map(({ name, vlans }) => [name, vlans]))).toEqual({
      [child]: storage(false),
      eth0: storage(true),
    });
  });

  it('leaves the VLANs of interfaces that are declared already as they are', () => {
    openSample(
      db,
      `rackhelm: 2
vlans: [{number: 20, name: storage}]
devices:
  - {name: pi-1, kind: sbc, interfaces: [{name: eth0, kind: ethernet}, {name: eth0.20, kind: vlan}]}`,
    );
    const id = inventory.devices.list({}).rows[0]?.id ?? '';
    const vlan = observedLink({ name: 'eth0.20', kind: 'vlan', vlanId: 20, parent: 'eth0' });
    inventory.recordFacts({
      deviceId: id,
      facts: withLinks([vlan, observedLink({ name: 'eth0' })]),
    });
    inventory.devices.accept({
      id,
      chosen: { paths: ['interface/eth0/mac', 'interface/eth0.20/mac'] },
    });
    expect(inventory.devices.get(id).interfaces.map(({ vlans }) => vlans)).toEqual([[], []]);
  });

  it('refuses a path that is not there, as a whole', () => {
    const id = addMachine(sampleFacts());
    expect(() =>
      inventory.devices.accept({ id, chosen: { paths: ['os', 'interface/eth9'] } }),
    ).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(inventory.devices.get(id).device.os).toBeNull();
  });

  it('takes what was shown, and refuses what was read since', () => {
    const id = addMachine(sampleFacts());
    const { observedAt } = inventory.devices.compare({ id, view: 'all', limit: 500 });
    const kernel = ok({ name: 'Linux', release: '6.99', architecture: 'aarch64' });
    inventory.recordFacts({ deviceId: id, facts: sampleFacts({ kernel }, 1_750_000_060_000) });
    const paths = ['kernel'];
    for (const stale of [observedAt, null]) {
      expect(() => inventory.devices.accept({ id, chosen: { paths }, observedAt: stale })).toThrow(
        expect.objectContaining({
          code: 'CHANGED_SINCE',
          data: { observedAt: 1_750_000_060_000 },
        }),
      );
    }
    expect(inventory.devices.get(id).device.kernel).toBeNull();
    const shown = inventory.devices.compare({ id, view: 'all', limit: 500 }).observedAt;
    inventory.devices.accept({ id, chosen: { paths }, observedAt: shown });
    expect(inventory.devices.get(id).device.kernel).toBe('6.99');
    inventory.devices.accept({ id, chosen: { paths: ['os'] } });
    expect(inventory.devices.get(id).device.os).toBe('Debian GNU/Linux 13 (trixie)');
  });
});
