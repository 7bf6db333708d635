import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotes } from '../annotations/index.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from './index.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let rackId: string;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  rackId = inventory.createRack({ siteName: 'Home', name: 'A', heightUnits: 10 }).id;
});
afterEach(() => data.remove());

const add = (name: string, fields: object = {}) =>
  inventory.devices.create({ name, kind: 'server', ...fields }).id;
const names = (query: Parameters<Inventory['devices']['list']>[0]) =>
  inventory.devices.list(query).rows.map(({ name }) => name);
const row = (id: string) => inventory.devices.get(id).device;

describe('creating a device', () => {
  it('declares nothing but what was given', () => {
    const id = add('pi-1', { cpuCores: 4, comment: undefined });
    expect(row(id)).toMatchObject({
      name: 'pi-1',
      status: 'planned',
      heightUnits: 1,
      cpuCores: 4,
      comment: null,
      tags: [],
      observedAt: null,
    });
  });

  it('refuses a name that is taken, in any case', () => {
    add('pi-1');
    expect(() => add('PI-1')).toThrow(expect.objectContaining({ code: 'DUPLICATE' }));
    expect(inventory.summary().devices).toBe(1);
  });

  it('refuses what is no device, naming the field', () => {
    expect(() => add('')).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', data: { field: 'name' } }),
    );
    expect(() => add('x', { rackId: '01890000-0000-7000-8000-000000000000' })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });
});

it('lists what stands in no rack, alone', () => {
  add('pi-1', { rackId });
  add('ups');
  expect(names({ onlyWithoutRack: true })).toEqual(['ups']);
  expect(names({ onlyWithoutRack: true, search: 'pi' })).toEqual([]);
});

describe('a place in a rack', () => {
  it('brings the site along', () => {
    expect(row(add('pi-1', { rackId, position: 1 }))).toMatchObject({
      siteName: 'Home',
      rackName: 'A',
    });
  });

  it('has the site of its rack and no other', () => {
    const { id: otherRack } = inventory.createRack({
      siteName: 'Work',
      name: 'B',
      heightUnits: 10,
    });
    const [home, work] = inventory.sites().map((site) => site.id);
    const invalid = expect.objectContaining({ code: 'INVALID_INPUT', data: { field: 'siteId' } });
    const id = add('pi-1', { rackId, siteId: home });
    const loose = add('pi-2');
    for (const patch of [{ siteId: work }, { siteId: null }, { rackId: otherRack, siteId: home }]) {
      expect(() => inventory.devices.update({ ids: [loose, id], patch })).toThrow(invalid);
    }
    expect(() => add('pi-3', { rackId, siteId: work })).toThrow(invalid);
    expect([row(id), row(loose)]).toMatchObject([{ siteId: home, rackId }, { siteId: null }]);
    inventory.devices.update({ ids: [id], patch: { rackId: otherRack, siteId: work } });
    inventory.devices.update({ ids: [id], patch: { siteId: work } });
    expect(row(id)).toMatchObject({ siteName: 'Work', rackName: 'B' });
    inventory.devices.update({ ids: [id, loose], patch: { rackId: null, siteId: home } });
    expect(row(id)).toMatchObject({ siteName: 'Home', rackId: null });
  });

  it('is refused where there is no such site or rack, with the field', () => {
    const id = add('pi-1', { rackId });
    const nowhere = '01890000-0000-7000-8000-000000000000';
    const missing = (field: string) =>
      expect.objectContaining({ code: 'NOT_FOUND', data: { field } });
    const move = (patch: object) => () => inventory.devices.update({ ids: [id], patch });
    expect(move({ rackId: null, siteId: nowhere })).toThrow(missing('siteId'));
    expect(move({ rackId, siteId: nowhere })).toThrow(missing('siteId'));
    expect(move({ rackId: nowhere })).toThrow(missing('rackId'));
    inventory.devices.update({ ids: [id], patch: { rackId: null } });
    expect(move({ siteId: nowhere })).toThrow(missing('siteId'));
  });

  it('is refused where another device stands, which is named', () => {
    add('nas', { rackId, position: 3, heightUnits: 2 });
    expect(() => add('pi', { rackId, position: 4 })).toThrow(/nas takes units 3 to 4 of A/);
    add('below', { rackId, position: 2 });
    add('above', { rackId, position: 5 });
    const id = add('later');
    expect(() => inventory.devices.update({ ids: [id], patch: { rackId, position: 2 } })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(row(id).rackId).toBeNull();
  });

  it('is refused outside the rack', () => {
    expect(() => add('tall', { rackId, position: 9, heightUnits: 3 })).toThrow(/only 10/);
  });

  it('is shared by boards of no height', () => {
    for (const name of ['pi-1', 'pi-2', 'pi-3']) add(name, { rackId, position: 1, heightUnits: 0 });
    add('shelf', { rackId, position: 1, heightUnits: 1 });
    expect(names({ rackId })).toHaveLength(4);
  });

  it('is given up with the rack', () => {
    const id = add('pi-1', { rackId, position: 1 });
    inventory.devices.update({ ids: [id], patch: { rackId: null } });
    expect(row(id)).toMatchObject({ rackId: null, position: null });
    db.history.undo();
    expect(row(id)).toMatchObject({ rackId, position: 1 });
  });
});

describe('changing devices', () => {
  it('writes only the given fields of all of them, as one change set', () => {
    const ids = ['a', 'b', 'c'].map((name) => add(name, { os: name }));
    inventory.devices.update({ ids, patch: { status: 'spare', kernel: undefined } });
    expect(ids.map((id) => row(id).status)).toEqual(['spare', 'spare', 'spare']);
    expect(ids.map((id) => row(id).os)).toEqual(['a', 'b', 'c']);
    expect(db.history.state().undo).toMatchObject({
      changeCount: 3,
      title: 'Changed status of 3 devices',
    });
  });

  it('refuses as a whole when one of them is gone', () => {
    const id = add('a');
    const gone = add('b');
    inventory.devices.remove({ ids: [gone] });
    expect(() => inventory.devices.update({ ids: [id, gone], patch: { os: 'x' } })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
    expect(row(id).os).toBeNull();
  });

  it('gives one name to one device only', () => {
    const ids = [add('a'), add('b')];
    expect(() => inventory.devices.update({ ids, patch: { name: 'c' } })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE' }),
    );
    inventory.devices.update({ ids: [ids[0] ?? ''], patch: { name: 'A' } });
    expect(names({})).toEqual(['A', 'b']);
  });

  it('refuses to change nothing', () => {
    const id = add('a');
    expect(() => inventory.devices.update({ ids: [id], patch: { name: undefined } })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('tags', () => {
  it('are added and removed together, unused ones disappear', () => {
    const ids = [add('a'), add('b')];
    inventory.devices.tag({ ids, add: ['k3s', 'arm'], remove: [] });
    inventory.devices.tag({ ids: ids.slice(0, 1), add: ['x86'], remove: ['ARM', 'none'] });
    expect(inventory.tags()).toEqual([
      { name: 'arm', devices: 1, things: 1 },
      { name: 'k3s', devices: 2, things: 2 },
      { name: 'x86', devices: 1, things: 1 },
    ]);
    expect(names({ tag: 'ARM' })).toEqual(['b']);
    inventory.devices.remove({ ids });
    expect(inventory.tags()).toEqual([]);
  });
});

describe('the list', () => {
  beforeEach(() => {
    add('pi-10', { kind: 'sbc', model: 'Raspberry Pi 5', cpuCores: 4 });
    add('pi-2', { kind: 'sbc', model: 'Raspberry Pi 4', cpuCores: 2, status: 'spare' });
    add('nas', { kind: 'nas', os: 'TrueNAS', rackId, position: 1 });
  });

  it('sorts names as people count, and empty values last either way', () => {
    expect(names({})).toEqual(['nas', 'pi-2', 'pi-10']);
    expect(names({ sort: { key: 'name', descending: true } })).toEqual(['pi-10', 'pi-2', 'nas']);
    expect(names({ sort: { key: 'cpuCores', descending: false } })).toEqual([
      'pi-2',
      'pi-10',
      'nas',
    ]);
    expect(names({ sort: { key: 'cpuCores', descending: true } })).toEqual([
      'pi-10',
      'pi-2',
      'nas',
    ]);
  });

  it('pages, and tells the total', () => {
    const page = inventory.devices.list({ offset: 1, limit: 1 });
    expect([page.rows.map(({ name }) => name), page.total]).toEqual([['pi-2'], 3]);
    expect(inventory.devices.list({ offset: 99 })).toEqual({ rows: [], total: 3 });
  });

  it('filters by kind, status, rack and words together', () => {
    expect(names({ kinds: ['sbc'], statuses: ['spare'] })).toEqual(['pi-2']);
    expect(names({ rackId })).toEqual(['nas']);
    expect(names({ search: 'rasp 5' })).toEqual(['pi-10']);
    expect(names({ search: 'pi', kinds: ['nas'] })).toEqual([]);
    expect(names({ search: 'nothing-like-it' })).toEqual([]);
    expect(names({ search: '"(*' })).toHaveLength(3);
  });

  it('finds what changed at once, and no longer what it was', () => {
    const [id = ''] = inventory.devices.list({ search: 'nas' }).rows.map((found) => found.id);
    inventory.devices.update({ ids: [id], patch: { name: 'vault', os: null } });
    createNotes(db).add({ kind: 'device', id, text: 'Bought second-hand' });
    expect(names({ search: 'vau second' })).toEqual(['vault']);
    expect(names({ search: 'truenas' })).toEqual([]);
    db.history.undo();
    expect(names({ search: 'second' })).toEqual([]);
  });
});

describe('changing fields and tags at once', () => {
  it('is one change set, taken back by one undo', () => {
    const id = add('pi-1');
    const tags = { add: ['arm'], remove: [] };
    inventory.devices.update({ ids: [id], patch: { model: 'Pi 5' }, tags });
    expect(row(id)).toMatchObject({ model: 'Pi 5', tags: ['arm'] });
    expect(db.history.list({ before: null, limit: 1 })[0]?.title).toBe(
      'Changed model and tags of pi-1',
    );
    db.history.undo();
    expect(row(id)).toMatchObject({ model: null, tags: [] });
  });

  it('takes tags alone, and refuses nothing at all', () => {
    const id = add('pi-1');
    inventory.devices.update({ ids: [id], patch: {}, tags: { add: ['arm'], remove: [] } });
    expect(row(id).tags).toEqual(['arm']);
    const nothing = { ids: [id], patch: {}, tags: { add: [], remove: [] } };
    expect(() => inventory.devices.update(nothing)).toThrow(/nothing would change/);
  });
});
