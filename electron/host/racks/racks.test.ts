import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { MountedPlace } from '../../../shared/model/racks.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createRacks, type Racks } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let racks: Racks;
let site: string;
let rack: string;
let other: string;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  racks = createRacks(db);
  site = add('site', { name: 'Home' });
  rack = add('rack', { site, name: 'A', heightUnits: 12 });
  other = add('rack', {
    site: add('site', { name: 'Work' }),
    name: 'B',
    heightUnits: 6,
    width: '10',
  });
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const device = (name: string, values: Record<string, unknown> = {}) =>
  add('device', { name, kind: 'server', ...values });
const nowhere: MountedPlace = {
  rackId: null,
  position: null,
  face: null,
  side: null,
  parentId: null,
  bay: null,
};
const at = (position: number | null, extra: Partial<MountedPlace> = {}): MountedPlace => ({
  ...nowhere,
  rackId: rack,
  position,
  ...extra,
});
const where = (id: string) => db.tables.elevations.placed(id);
const title = () => db.history.state().undo?.title;
function failure(work: () => unknown): RackhelmError {
  try {
    work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('moving devices', () => {
  it('puts a device into a rack of another site as one change that is undone as one', () => {
    const id = device('nas', { rack: other, position: 1 });
    const before = snapshot(db.file);
    racks.move({ moves: [{ id, to: at(4, { face: 'front' }) }] });
    expect(where(id)).toMatchObject({ rackId: rack, position: 4, face: 'front' });
    expect(records.get({ kind: 'device', id }).record.values.site).toBe(site);
    expect(title()).toBe('Moved nas to unit 4 of A');
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('lets two change places, and many move on over where others of them stood', () => {
    const [a, b] = [device('a', { rack, position: 1 }), device('b', { rack, position: 2 })];
    racks.move({
      moves: [
        { id: a, to: at(2) },
        { id: b, to: at(1) },
      ],
    });
    expect([where(a)?.position, where(b)?.position]).toEqual([2, 1]);
    expect(title()).toBe('Swapped a and b');
    racks.move({
      moves: [
        { id: a, to: at(3) },
        { id: b, to: at(2) },
      ],
    });
    expect([where(a)?.position, where(b)?.position]).toEqual([3, 2]);
    expect(title()).toBe('Moved 2 devices in A');
  });

  it('refuses the whole of it in words where one cannot stand there, and writes nothing', () => {
    const [a, b] = [device('a', { rack, position: 1 }), device('b')];
    device('wall', { rack, position: 5 });
    const before = snapshot(db.file);
    const moves = [
      { id: a, to: at(9) },
      { id: b, to: at(5) },
    ];
    expect(failure(() => racks.move({ moves }))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'b cannot stand there: wall takes unit 5 of A.',
    });
    expect(snapshot(db.file)).toEqual(before);
  });

  it('refuses gear of a 19-inch type in a 10-inch rack', () => {
    const type = add('device-type', { manufacturer: 'X', model: 'Wide', width: 'full' });
    const id = device('wide', { deviceType: type });
    expect(
      failure(() => racks.move({ moves: [{ id, to: at(1, { rackId: other }) }] })).message,
    ).toMatch(/too wide for B/);
  });

  it('tells the second of two windows that the device was moved meanwhile', () => {
    const id = device('nas', { rack, position: 1 });
    racks.move({ moves: [{ id, from: at(1), to: at(7) }] });
    expect(failure(() => racks.move({ moves: [{ id, from: at(1), to: at(3) }] }))).toMatchObject({
      code: 'CHANGED_SINCE',
      message: 'nas was moved meanwhile: it is at unit 7 of A now.',
    });
    expect(where(id)?.position).toBe(7);
  });

  it('takes what stands on a shelf along, into the other rack and out of it', () => {
    const shelf = device('shelf', { rack, position: 3 });
    const pi = device('pi', { heightUnits: 0, rack, parent: shelf, bay: '1' });
    racks.move({ moves: [{ id: shelf, to: at(2, { rackId: other }) }] });
    expect(where(pi)).toMatchObject({ rackId: other, parentId: shelf, bay: '1', position: null });
    racks.move({ moves: [{ id: shelf, to: nowhere }] });
    expect(where(pi)).toMatchObject({ rackId: null, parentId: shelf });
    db.history.undo();
    expect(where(pi)).toMatchObject({ rackId: other });
  });

  it('puts a board onto a shelf, into a place that is free, and never onto itself', () => {
    const shelf = device('shelf', { rack, position: 3 });
    const [one, two] = [device('pi-1', { heightUnits: 0 }), device('pi-2', { heightUnits: 0 })];
    const on = (bay: string | null) => ({ ...nowhere, parentId: shelf, bay });
    racks.move({ moves: [{ id: one, to: on('1') }] });
    expect(title()).toBe('Moved pi-1 onto shelf');
    expect(where(one)).toMatchObject({ rackId: rack, onParent: true });
    expect(failure(() => racks.move({ moves: [{ id: two, to: on('1') }] })).message).toBe(
      'pi-2 cannot stand there: pi-1 has this place already.',
    );
    const ontoItself = { ...nowhere, parentId: one };
    expect(failure(() => racks.move({ moves: [{ id: shelf, to: ontoItself }] })).message).toContain(
      'cannot stand on itself',
    );
  });
});

describe('what an elevation draws', () => {
  it('is all that stands in the rack or on it, and no virtual machines', () => {
    const type = add('device-type', {
      manufacturer: 'X',
      model: 'Chassis',
      width: 'half',
      bays: 'parent',
      nameplate: 90,
    });
    const holder = device('chassis', { rack, position: 3, side: 'left', deviceType: type });
    add('port-template', { deviceType: type, role: 'device-bay', name: 'Slot 1' });
    device('card', { parent: holder, bay: 'Slot 1' });
    device('guest', { kind: 'vm', parent: holder, rack });
    device('loose');
    const { devices, total } = racks.elevation({ id: rack });
    expect(total).toBe(2);
    expect(devices).toMatchObject([
      { name: 'chassis', holder: true, bays: ['Slot 1'], width: 'half', watts: 90 },
      { name: 'card', parentId: holder, rackId: null },
    ]);
    expect(racks.loose({ search: 'LOO', limit: 5 })).toMatchObject({
      devices: [{ name: 'loose' }],
      total: 1,
    });
    expect(racks.loose({ search: '', limit: 5 }).total).toBe(1);
  });
});

describe('adding by type', () => {
  it('takes what the type says and counts names on', () => {
    const type = add('device-type', {
      manufacturer: 'Raspberry Pi Ltd',
      model: 'Raspberry Pi 5',
      kind: 'sbc',
      heightUnits: 0,
    });
    const first = racks.add({ type: { id: type }, to: at(3) });
    expect(first.name).toBe('pi-1');
    expect(racks.add({ type: { id: type }, to: at(3) }).name).toBe('pi-2');
    expect(records.get({ kind: 'device', id: first.id }).record.values).toMatchObject({
      kind: 'sbc',
      model: 'Raspberry Pi 5',
      heightUnits: 0,
      site,
      position: 3,
    });
    expect(title()).toBe('Added pi-2');
  });

  it('calls a frame for boards no board', () => {
    const frame = { manufacturer: 'Generic', model: 'Raspberry Pi mount 1U', kind: 'other' };
    const type = add('device-type', { ...frame, heightUnits: 1 });
    expect(racks.add({ type: { id: type }, to: at(3) }).name).toBe('mount-1');
  });

  it('adds nothing where it cannot stand', () => {
    const type = add('device-type', {
      manufacturer: 'X',
      model: 'NAS',
      kind: 'nas',
      heightUnits: 2,
    });
    const before = snapshot(db.file);
    expect(failure(() => racks.add({ type: { id: type }, to: at(12) })).message).toBe(
      'nas-1 would reach unit 13, but A has only 12.',
    );
    expect(snapshot(db.file)).toEqual(before);
  });
});
