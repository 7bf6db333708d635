import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createNetworks } from '../networks/index.ts';
import { createInventory, type Inventory } from './index.ts';

const sample = readFileSync(
  new URL('../../../resources/sample-rack.yaml', import.meta.url),
  'utf8',
);

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

describe('the sample rack', () => {
  it('is the rack that the design speaks of', () => {
    expect(inventory.openSample(sample).devices).toBe(10);
    expect(inventory.summary()).toMatchObject({ devices: 10, racks: 1, vlans: 4, services: 13 });
    const { rows } = inventory.devices.list({});
    const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
    expect(['sbc', 'server', 'switch', 'router', 'nas', 'ups', 'gpu-server'].map(count)).toEqual([
      3, 2, 1, 1, 1, 1, 1,
    ]);
    const vlans = createNetworks(db).vlans({ offset: 0, limit: 10 });
    for (const vlan of vlans.rows) {
      expect(vlan.prefixes.filter(({ prefix }) => prefix.includes(':'))).toHaveLength(1);
      expect(vlan.prefixes).toHaveLength(2);
      expect(vlan.untagged + vlan.tagged).toBeGreaterThan(2);
    }
    expect(inventory.services().every(({ runsOn }) => runsOn.length > 0)).toBe(true);
    expect(rows.every(({ primaryAddress, rackId }) => primaryAddress && rackId)).toBe(true);
  });

  it('is undone in one step, and opens twice only by undoing', () => {
    const before = snapshot(db.file);
    inventory.openSample(sample);
    const after = snapshot(db.file);
    expect(() => inventory.openSample(sample)).toThrow(
      expect.objectContaining({ code: 'DUPLICATE' }),
    );
    expect(snapshot(db.file)).toEqual(after);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('opens beside what is there when names do not clash, else changes nothing', () => {
    inventory.createRack({ siteName: 'Home lab', name: 'Old rack', heightUnits: 6 });
    inventory.devices.create({ name: 'mine', kind: 'server' });
    inventory.openSample(sample);
    expect(inventory.sites()).toHaveLength(1);
    expect(inventory.summary().devices).toBe(11);
    db.history.undo();
    inventory.devices.create({ name: 'GPU', kind: 'server' });
    expect(() => inventory.openSample(sample)).toThrow(/already: gpu\./);
    expect(inventory.summary().devices).toBe(2);
  });

  it.each([
    ['rtx 3090', 'gpu'],
    ['02-20-00-00-05-01', 'nas'],
    ['SD card', 'cp-3'],
    ['k3s worker', 'worker-1'],
    ['10.20.20.30', '10.20.20.30/24'],
    ['fd20:0:0:10::40', 'fd20:0:0:10::40/64'],
    ['gite', 'gitea'],
    ['vlan 20', 'storage'],
    ['10.20.40.0/24', 'internal'],
    ['Rack A', 'Rack A'],
    ['cabinet', 'Home lab'],
  ])('finds %s', (text, title) => {
    inventory.openSample(sample);
    expect(inventory.search({ text, limit: 5 }).hits.map((hit) => hit.title)).toContain(title);
  });

  it('says of what kind a found device is, by name and by address', () => {
    inventory.openSample(sample);
    const kind = (text: string) => inventory.search({ text, limit: 1 }).hits[0]?.deviceKind;
    expect(kind('nas')).toBe('nas');
    expect(kind('10.20.10.40')).toBe('gpu-server');
    expect(kind('gitea')).toBeNull();
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['a: [', /^Line 1: /],
    ['', /^Line 1: /],
    ['- 1', /^Line 1: /],
    ['rackhelm: 2', /^Line 1: rackhelm: /],
    ['rackhelm: 1\nrackhelm: 1', /^Line 2: .*unique/],
    ['rackhelm: 1\ndevices:\n  - name: x\n    knd: sbc', /^Line 3: .*knd/],
    ['rackhelm: 1\ndevices:\n  - name: x', /^Line 3: devices\[1\]\.kind: this is missing/],
    ['rackhelm: 1\ndevices:\n  - name: x\n    kind: toaster', /^Line 4: devices\[1\]\.kind: /],
    ['rackhelm: 1\ndevices:\n  - name: x\n    kind: sbc\n    rack: none', /^Line 5: .*no rack/],
    [
      'rackhelm: 1\ndevices:\n  - {name: x, kind: sbc}\n  - {name: X, kind: sbc}',
      /^Line 4: .*X already/,
    ],
    [
      'rackhelm: 1\nvlans:\n  - number: 5\n    name: a\n    prefixes:\n      - 10.0.0.1/24',
      /^Line 6: .*no prefix/,
    ],
    ['rackhelm: 1\nservices:\n  - {name: a, kind: b, runsOn: [ghost]}', /^Line 3: .*no device/],
    ['rackhelm: 1\nservices:\n  - {name: a, kind: b, dependsOn: [a]}', /^Line 3: .*itself/],
    [
      'rackhelm: 1\ndevices:\n  - name: x\n    kind: sbc\n    interfaces:\n      - name: eth0\n        addresses: [10.0.0.300/24]',
      /^Line 7: .*no address/,
    ],
    [
      `rackhelm: 1\na: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`,
      /^Line 1: /,
    ],
  ])('is refused with its line, and nothing is kept: %j', (text, message) => {
    expect(() => inventory.openSample(text)).toThrow(
      expect.objectContaining({ code: 'FILE_INVALID', message: expect.stringMatching(message) }),
    );
    expect(inventory.summary().empty).toBe(true);
    expect(db.history.state().undo).toBeNull();
  });
});
