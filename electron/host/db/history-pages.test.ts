import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HistoryFilter } from '../../../shared/model/history.ts';
import { createNotes } from '../annotations/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { openSample } from '../sample/index.ts';
import type { Database } from './index.ts';
import { olderChange, writeOlder } from './migrations/older-database.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const anything: HistoryFilter = { thing: null, who: null, source: null, text: '' };
const page = (filter: Partial<HistoryFilter>, limit = 50, before: string | null = null) =>
  db.history.page({ ...anything, ...filter, before, limit });
const titles = (filter: Partial<HistoryFilter>) => page(filter).entries.map(({ title }) => title);
const add = (name: string) => inventory.devices.create({ name, kind: 'server' }).id;

describe('the history of one thing', () => {
  it('holds what was done to it and to what hangs on it, and nothing else', () => {
    const id = add('pi-1');
    const other = add('pi-2');
    inventory.devices.update({ ids: [id], patch: { os: 'Debian 13' } });
    inventory.devices.update({ ids: [other], patch: { os: 'Debian 13' } });
    createNotes(db).add({ kind: 'device', id, text: 'hello' });
    inventory.devices.tag({ ids: [id, other], add: ['k3s'], remove: [] });
    expect(titles({ thing: id })).toEqual([
      expect.stringMatching(/tag/i),
      'Added a note to pi-1',
      'Changed operating system of pi-1',
      'Added pi-1',
    ]);
  });

  it('follows a device through its interfaces, and after it was deleted', () => {
    const { changeSetId } = openSample(db, sample());
    const { rows } = inventory.devices.list({});
    const cp1 = rows.find(({ name }) => name === 'cp-1')?.id ?? '';
    db.change({ title: 'Gave cp-1 an address', source: 'app' }, () => {
      const [link] = inventory.devices.get(cp1).interfaces;
      if (link === undefined) throw new Error('cp-1 has no interface');
      db.tables.interfaces.setMacs(link.id, ['02:00:00:00:00:99']);
    });
    inventory.devices.remove({ ids: [cp1] });
    expect(
      page({ thing: cp1 }).entries.map(({ id, title }) => (id === changeSetId ? 'sample' : title)),
    ).toEqual(['Deleted cp-1', 'Gave cp-1 an address', 'sample']);
    expect(db.history.thing(cp1)).toEqual({ table: 'device', name: 'cp-1', there: false });
  });

  it('counts a move for both racks', () => {
    const rack = (name: string) =>
      inventory.createRack({ siteName: 'Home', name, heightUnits: 12 }).id;
    const [a, b] = [rack('A'), rack('B')];
    const id = inventory.devices.create({ name: 'pi-1', kind: 'sbc', rackId: a, position: 3 }).id;
    inventory.devices.update({ ids: [id], patch: { rackId: b, position: 10 } });
    const move = titles({ thing: id })[0];
    for (const rackId of [a, b]) expect(titles({ thing: rackId })[0]).toBe(move);
    expect(db.history.thing(a)).toEqual({ table: 'rack', name: 'A', there: true });
    expect(db.history.thing('0192aaaa-0000-7000-8000-000000000000')).toBeNull();
  });
});

it('is filled in for what was changed before it was kept', () => {
  db.close();
  data.remove();
  data = temporaryData();
  writeOlder(data.directory, 3, (sqlite) => {
    olderChange(
      sqlite,
      'made',
      `INSERT INTO site (id, name) VALUES ('site', 'Home');
       INSERT INTO rack (id, site_id, name, height_units) VALUES ('rack', 'site', 'A', 12);
       INSERT INTO device (id, name, kind, status, rack_id)
         VALUES ('pi', 'pi-1', 'sbc', 'active', 'rack'), ('nas', 'nas', 'nas', 'active', NULL);
       INSERT INTO interface (id, device_id, name, kind, ordinal)
         VALUES ('link', 'pi', 'eth0', 'ethernet', 0);`,
    );
    olderChange(sqlite, 'linked', "UPDATE interface SET mtu = 9000 WHERE id = 'link'");
    olderChange(sqlite, 'gone', "DELETE FROM device WHERE id = 'nas'");
  });
  db = data.open();
  expect(titles({ thing: 'pi' })).toEqual(['linked', 'made']);
  expect(titles({ thing: 'rack' })).toEqual(['made']);
  expect(titles({ thing: 'nas' })).toEqual(['gone', 'made']);
  expect(db.history.thing('nas')).toEqual({ table: 'device', name: 'nas', there: false });
});

describe('the history narrowed', () => {
  it('holds the words of its titles in any order and case, taken as they are', () => {
    add('pi-1');
    add('100%_sure');
    expect(titles({ text: 'PI-1 added' })).toEqual(['Added pi-1']);
    expect(titles({ text: '%_' })).toEqual(['Added 100%_sure']);
    expect(titles({ text: 'nothing' })).toEqual([]);
  });

  it('holds one person and one source, page by page', () => {
    for (let n = 0; n < 5; n += 1) add(`pi-${n}`);
    inventory.devices.create({ name: 'by-cli', kind: 'other' }, 'cli');
    const [me] = db.history.people();
    expect(me?.changeSets).toBe(6);
    expect(titles({ who: 'nobody' })).toEqual([]);
    expect(titles({ source: 'cli' })).toEqual(['Added by-cli']);
    const first = page({ who: me?.who ?? '', source: 'app' }, 3);
    const second = page({ who: me?.who ?? '', source: 'app' }, 3, first.entries.at(-1)?.id);
    expect([...first.entries, ...second.entries].map(({ title }) => title)).toEqual(
      [4, 3, 2, 1, 0].map((n) => `Added pi-${n}`),
    );
  });
});

describe('an entry', () => {
  it('shows its first changes with the names in them', () => {
    const rackId = inventory.createRack({ siteName: 'Home', name: 'A', heightUnits: 12 }).id;
    const id = add('pi-1');
    inventory.devices.update({ ids: [id], patch: { rackId, position: 2 } });
    const { entries, names } = page({}, 1);
    expect(entries[0]?.preview).toMatchObject([{ table: 'device', after: { rack_id: rackId } }]);
    expect(names).toMatchObject({ [rackId]: 'A', [id]: 'pi-1' });
  });
});

function sample(): string {
  const root = path.resolve(import.meta.dirname, '../../..');
  return readFileSync(path.join(root, 'resources', 'sample-rack.yaml'), 'utf8');
}
