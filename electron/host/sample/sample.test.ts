import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kindOf, kinds } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createExchange } from '../exchange/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { createLintEngine } from '../lint/index.ts';
import { createRecords } from '../records/index.ts';
import { annotations } from './annotations.ts';
import { openSample } from './index.ts';

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
    expect(openSample(db, sample).devices).toBe(12);
    expect(inventory.summary()).toMatchObject({ devices: 12, racks: 1, vlans: 4, services: 13 });
    const { rows } = inventory.devices.list({});
    const count = (kind: string) => rows.filter((row) => row.kind === kind).length;
    expect(['sbc', 'server', 'switch', 'router', 'nas', 'ups', 'gpu-server'].map(count)).toEqual([
      3, 2, 1, 1, 1, 1, 1,
    ]);
    expect(inventory.services().every(({ runsOn }) => runsOn.length > 0)).toBe(true);
    expect(rows.every(({ rackId }) => rackId)).toBe(true);
  });

  it('is undone in one step, and opens twice only by undoing', () => {
    const before = snapshot(db.file);
    openSample(db, sample);
    const after = snapshot(db.file);
    expect(() => openSample(db, sample)).toThrow(expect.objectContaining({ code: 'DUPLICATE' }));
    expect(snapshot(db.file)).toEqual(after);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('opens beside what is there when names do not clash, else changes nothing', () => {
    inventory.createRack({ siteName: 'Home lab', name: 'Old rack', heightUnits: 6 });
    inventory.devices.create({ name: 'mine', kind: 'server' });
    openSample(db, sample);
    expect(inventory.sites()).toHaveLength(1);
    expect(inventory.summary().devices).toBe(13);
    db.history.undo();
    inventory.devices.create({ name: 'GPU', kind: 'server' });
    expect(() => openSample(db, sample)).toThrow(/already: GPU\./);
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
    openSample(db, sample);
    expect(inventory.search({ text, limit: 5 }).hits.map((hit) => hit.title)).toContain(title);
  });

  it('says of what kind a found device is, by name and by address', () => {
    openSample(db, sample);
    const kind = (text: string) => inventory.search({ text, limit: 1 }).hits[0]?.deviceKind;
    expect(kind('nas')).toBe('nas');
    expect(kind('10.20.10.40')).toBe('gpu-server');
    expect(kind('gitea')).toBeNull();
  });
});

describe('everything of it', () => {
  const open = () => openSample(db, sample);

  it('fills every kind of thing, and has one fault that a rack may well have', () => {
    open();
    const { rows } = createLintEngine(db).list({
      search: '',
      severities: [],
      rules: [],
      silenced: false,
      offset: 0,
      limit: 100,
    });
    expect(rows.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      'warning: A-09 joins 2.5 Gbit/s to 1 Gbit/s.',
    ]);
    const empty = kinds.filter(({ table }) => snapshot(db.file)[table]?.length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
  });

  it('comes, goes, and is undone and redone byte for byte', () => {
    const none = snapshot(db.file);
    open();
    const there = snapshot(db.file);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(none);
    expect(inventory.summary().sample).toBe(false);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(there);
    inventory.removeSample();
    expect(snapshot(db.file)).toEqual(none);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(there);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(none);
  });

  it('is a file that is imported like any other', () => {
    const file = { name: 'sample-rack.yaml', bytes: Buffer.from(sample) };
    const compared = createExchange(db).compare(file, { kind: null, map: new Map() });
    expect(compared.summary.kinds.every((kind) => kind.change + kind.delete === 0)).toBe(true);
    compared.apply({ deletions: false, prefer: null });
    expect(inventory.summary()).toMatchObject({ devices: 12, services: 13, sample: false });
  });

  it('finds whom its notes and tags are of', () => {
    open();
    for (const { kind, name } of annotations) {
      expect(db.tables.records.idsByName(kindOf(kind), name, 2), name).toHaveLength(1);
    }
  });

  it('stands on a type that is there, as it is', () => {
    const type = { manufacturer: 'Raspberry Pi', model: 'Raspberry Pi 5', comment: 'Mine' };
    const { id } = createRecords(db).create({ kind: 'device-type', values: type });
    open();
    const { record } = createRecords(db).get({ kind: 'device-type', id });
    expect(record.values.comment).toBe('Mine');
  });
});

it('tells what to do with a sample of an older version, and keeps nothing of a wrong one', () => {
  for (const [text, message] of [
    ['rackhelm: 1\ndevices:\n  - {name: x, kind: sbc}', /version 1.*open the sample rack anew/],
    ['rackhelm: 2\ndevices:\n  - name: x\n    knd: sbc', /^Line 4: .*knd/],
  ] as const) {
    expect(() => openSample(db, text)).toThrow(
      expect.objectContaining({ code: 'FILE_INVALID', message: expect.stringMatching(message) }),
    );
  }
  expect(inventory.summary().empty).toBe(true);
  expect(db.history.state().undo).toBeNull();
});
