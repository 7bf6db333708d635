import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemovalPart } from '../../../shared/model/inventory.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import { createNotes } from '../annotations/index.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createRecords } from '../records/index.ts';
import { openSample } from '../sample/index.ts';
import { createInventory, type Inventory } from './index.ts';
import { sampleFacts } from './sample-facts.ts';

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

const all = {
  search: '',
  where: [],
  sort: { field: null, descending: false },
  offset: 0,
  limit: 100,
} as const;
const idOf = (name: string) => db.tables.devices.idByName(name) ?? '';
const texts = (all: readonly RemovalPart[] = []) => all.map(({ text }) => text);
const about = (all: readonly RemovalPart[] = [], words: string) =>
  all.find(({ text }) => text.includes(words));

describe('before a device is deleted', () => {
  it('says what goes with it and what would run nowhere', () => {
    openSample(db, sample);
    const id = idOf('gpu');
    inventory.recordFacts({ deviceId: id, facts: sampleFacts() });
    const { goes, changes } = inventory.devices.removalPreview([id]);
    expect(texts(goes).slice(0, 3)).toEqual(['3 interfaces', '6 addresses', '1 note']);
    expect(about(goes, 'what was read')?.text).toMatch(/from 1 device, with \d+ differences/);
    expect(about(changes, 'would run nowhere')).toMatchObject({
      count: 2,
      names: ['embedding-service', 'model-server'],
    });
    expect(about(changes, 'would need what runs nowhere')?.names).toEqual(['assistant']);
  });

  it('counts a service of two devices as gone only when both go', () => {
    openSample(db, sample);
    const [one, two] = [idOf('worker-1'), idOf('worker-2')];
    const alone = inventory.devices.removalPreview([one]).changes;
    expect(about(alone, 'would run only on its other devices')?.names).toContain('ci-runner');
    const both = inventory.devices.removalPreview([one, two]).changes;
    expect(about(both, 'would run nowhere')?.names).toContain('ci-runner');
  });

  it('names devices that are reached through it', () => {
    const jump = inventory.devices.create({ name: 'jump', kind: 'server', sshHost: '10.0.0.5' });
    inventory.devices.create({ name: 'inner', kind: 'server', sshJump: 'ops@10.0.0.5:2222' });
    inventory.devices.create({ name: 'other', kind: 'server', sshJump: '10.0.0.55' });
    const { changes } = inventory.devices.removalPreview([jump.id]);
    expect(changes).toEqual([
      { count: 1, text: '1 device could not be reached through it any more', names: ['inner'] },
    ]);
  });

  it('says nothing of a device on which nothing hangs', () => {
    const { id } = inventory.devices.create({ name: 'spare', kind: 'other' });
    expect(inventory.devices.removalPreview([id])).toEqual({ goes: [], changes: [] });
  });
});

it('names the devices that would lose their place before a rack is deleted', () => {
  openSample(db, sample);
  const [rack] = inventory.racks();
  const { changes } = inventory.rackRemovalPreview(rack?.id ?? '');
  expect(changes[0]?.text).toBe('12 devices would stand in no rack');
  expect(changes[0]?.names).toHaveLength(3);
});

describe('the sample rack', () => {
  it('goes as a whole, also after other work, and comes back by one undo', () => {
    inventory.devices.create({ name: 'mine', kind: 'server' });
    const own = snapshot(db.file);
    openSample(db, sample);
    inventory.devices.create({ name: 'later', kind: 'server' });
    const before = snapshot(db.file);
    expect(inventory.summary().sample).toBe(true);
    inventory.removeSample();
    expect(inventory.summary()).toMatchObject({ sample: false, devices: 2, vlans: 0, services: 0 });
    expect({ ...snapshot(db.file), device: [] }).toEqual({ ...own, device: [] });
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    expect(inventory.summary().sample).toBe(true);
  });

  it('says what of it was changed, what hangs on it, and what of the own things would lose', () => {
    openSample(db, sample);
    const gpu = idOf('gpu');
    const rackId = inventory.racks()[0]?.id ?? '';
    inventory.devices.update({ ids: [gpu], patch: { name: 'gpu-renamed' } });
    createNotes(db).add({ kind: 'device', id: gpu, text: 'Mine' });
    inventory.devices.create({ name: 'mine', kind: 'other', rackId, position: null });
    const preview = inventory.samplePreview();
    expect(texts(preview?.goes).slice(0, 5)).toEqual([
      '12 devices',
      '13 services',
      '4 VLANs',
      '10 prefixes',
      '1 rack',
    ]);
    expect(about(preview?.goes, 'changed since')).toMatchObject({
      count: 1,
      names: ['gpu-renamed'],
    });
    expect(about(preview?.goes, 'you wrote')?.count).toBe(1);
    expect(about(preview?.changes, 'no rack')?.names).toEqual(['mine']);
    inventory.removeSample();
    const left = inventory.devices.list({}).rows;
    expect(left).toMatchObject([{ name: 'mine', rackId: null, siteName: 'Home lab' }]);
  });

  it('says of the whole model what goes, and what of the own things would lose', () => {
    openSample(db, sample);
    const records = createRecords(db);
    const idIn = (kind: KindName, name: string) => records.named(kind, name).id;
    const pool = idIn('storage-pool', 'tank');
    const mine = records.create({ kind: 'volume', values: { name: 'mine', kind: 'share', pool } });
    const outlet = idIn('power-point', 'pdu Outlet 8');
    const device = records.create({
      kind: 'device',
      values: { name: 'lamp', kind: 'other', status: 'active', heightUnits: 1 },
    });
    const input = records.create({
      kind: 'power-point',
      values: { device: device.id, name: 'Power', role: 'input' },
    });
    records.create({ kind: 'power-link', values: { source: outlet, input: input.id } });
    const type = idIn('device-type', 'Raspberry Pi Raspberry Pi 5');
    records.update({ kind: 'device', ids: [device.id], values: { deviceType: type } });
    const before = snapshot(db.file);
    const preview = inventory.samplePreview();
    expect(texts(preview?.goes)).toEqual(
      expect.arrayContaining([
        '1 cluster',
        '4 storage pools',
        '10 volumes',
        '6 buckets',
        '2 CI runners',
        '4 device types',
        '1 power link you added to it',
      ]),
    );
    expect(about(preview?.changes, 'would lose')).toMatchObject({
      text: '1 volume of yours would lose “In pool”',
      names: ['mine'],
    });
    expect(about(preview?.changes, 'would stay')?.names).toEqual(['Raspberry Pi 5']);
    inventory.removeSample();
    expect(records.get({ kind: 'volume', id: mine.id }).record.values.pool).toBeNull();
    expect(records.list({ ...all, kind: 'device-type' }).rows.map(({ id }) => id)).toEqual([type]);
    expect(records.list({ ...all, kind: 'port-template' }).total).toBe(3);
    for (const kind of ['storage-pool', 'cluster', 'cable', 'power-link', 'site'] as const) {
      expect(records.list({ ...all, kind }).total, kind).toBe(0);
    }
    const after = snapshot(db.file);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(after);
  });

  it('is refused where there is none', () => {
    expect(inventory.samplePreview()).toBeNull();
    expect(() => inventory.removeSample()).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
