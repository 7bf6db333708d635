import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  columnOf,
  type Field,
  type FieldValue,
  type Kind,
  kinds,
} from '../../../../shared/model/kinds/index.ts';
import { type Database, newId } from '../index.ts';
import { openSqlite } from '../open.ts';
import { snapshot } from '../snapshot.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';
import { storedField } from './record-columns.ts';

let data: TemporaryData;
let db: Database;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
});
afterEach(() => data.remove());

const all: readonly Kind[] = kinds;
const change = <T>(work: () => T): T => db.change({ title: 'Test', source: 'app' }, work).result;
const everything = { words: [], where: [], sort: { field: null, descending: false }, offset: 0 };

let counter = 0;
/** A value that the field may hold and that no other row has. */
function sampleOf(field: Field, made: ReadonlyMap<string, string>): FieldValue {
  counter += 1;
  const low = counter % 250;
  switch (field.type) {
    case 'boolean':
      return counter % 2 === 0;
    case 'choice':
      return field.options[counter % field.options.length] ?? null;
    case 'reference':
      return made.get(field.to) ?? null;
    case 'address':
      return `fd00::${counter.toString(16)}`;
    case 'host-address':
      return `10.${Math.floor(counter / 250)}.0.${low}/24`;
    case 'prefix':
      return `10.${Math.floor(counter / 250)}.${low}.0/24`;
    case 'range':
      return `10.${Math.floor(counter / 250)}.${low}.10-10.${Math.floor(counter / 250)}.${low}.20`;
    case 'mac':
      return `02:00:00:00:00:${low.toString(16).padStart(2, '0')}`;
    case 'text':
    case 'long-text':
    case 'url':
    case 'colour':
      return `text ${counter}`;
    default:
      return Math.min(field.most, field.least + (counter % 3) * (field.step ?? 1));
  }
}

/** Of what only one may be given, as the tables say. */
const alternatives: Readonly<Record<string, readonly string[]>> = {
  'cable-end': ['port'],
  'storage-use': ['bucket', 'database'],
};

/** A row of the kind, and of each kind that it refers to. Itself it refers to nothing. */
function insert(kind: Kind, made: Map<string, string>): string {
  const values: Record<string, FieldValue> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    if (alternatives[kind.name]?.includes(name)) continue;
    if (field.type === 'reference' && field.to !== kind.name && !made.has(field.to)) continue;
    values[name] =
      field.type === 'reference' && field.to === kind.name ? null : sampleOf(field, made);
  }
  if (kind.name === 'service-depends-on') values.needed = insertFresh('service');
  if (kind.name === 'power-link') values.source = insertFresh('power-point');
  const id = newId();
  db.tables.records.insert(kind, id, values);
  made.set(kind.name, id);
  expect(db.tables.records.get(kind, id)).toMatchObject({ id, values });
  return id;
}

function insertFresh(name: string): string {
  const kind = all.find((one) => one.name === name);
  if (kind === undefined) throw new Error(name);
  return insert(kind, new Map());
}

describe('every kind', () => {
  it('has exactly the columns of its table', () => {
    db.close();
    const sqlite = openSqlite(data.directory);
    for (const kind of all) {
      const described = Object.entries(kind.fields).flatMap(
        ([name, field]) => storedField(kind, name, field).columns,
      );
      const stored = sqlite
        .prepare('SELECT name FROM pragma_table_info(?)')
        .pluck()
        .all(kind.table);
      expect([kind.name, ['id', ...described].sort()]).toEqual([kind.name, stored.sort()]);
    }
    sqlite.close();
  });

  it('refers only to kinds that come before it or to itself, and to the right table', () => {
    db.close();
    const sqlite = openSqlite(data.directory);
    const before = new Set<string>();
    for (const kind of all) {
      before.add(kind.name);
      const keys = sqlite.prepare('SELECT "from", "table" FROM pragma_foreign_key_list(?)');
      const rows = keys.all(kind.table) as { from: string; table: string }[]; // the two columns selected
      for (const [name, field] of Object.entries(kind.fields)) {
        if (field.type !== 'reference') continue;
        expect([kind.name, field.to, before.has(field.to)]).toEqual([kind.name, field.to, true]);
        const target = all.find((one) => one.name === field.to)?.table;
        expect(rows).toContainEqual({ from: columnOf(name, field), table: target });
      }
    }
    sqlite.close();
  });

  it('reads back what was written, lists it by name, and is undone and redone', () => {
    const start = snapshot(db.file);
    const made = new Map<string, string>();
    change(() => {
      for (const kind of all) insert(kind, made);
    });
    for (const kind of all) {
      const id = made.get(kind.name);
      const { rows, total } = db.tables.records.list(kind, { ...everything, limit: 100 });
      expect(total).toBe(rows.length);
      const row = rows.find((one) => one.id === id);
      expect(row?.name).not.toBe('');
      for (const name of Object.keys(row?.names ?? {})) expect(row?.names[name]).not.toBe('');
      if (kind.named) expect(db.tables.records.idsByName(kind, row?.name ?? '', 5)).toContain(id);
    }
    const filled = snapshot(db.file);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(start);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(filled);
  });

  it('can be sorted and filtered by each of its fields', () => {
    change(() => {
      const made = new Map<string, string>();
      for (const kind of all) insert(kind, made);
    });
    for (const kind of all) {
      for (const name of Object.keys(kind.fields)) {
        const [first] = db.tables.records.list(kind, {
          ...everything,
          sort: { field: name, descending: true },
          limit: 10,
        }).rows;
        const value = first?.values[name] ?? null;
        const found = db.tables.records.list(kind, {
          ...everything,
          where: [{ field: name, value }],
          limit: 10,
        });
        expect(found.rows.map(({ id }) => id)).toContain(first?.id);
      }
    }
  });
});

it('says what hangs on a row, and which of it goes with it', () => {
  const made = new Map<string, string>();
  change(() => {
    for (const kind of all) insert(kind, made);
  });
  const device = all.find(({ name }) => name === 'device');
  const id = made.get('device');
  if (device === undefined || id === undefined) throw new Error('no device');
  const hanging = db.tables.records.dependents(device, id);
  const goes = (name: string) => hanging.find(({ kind }) => kind.name === name)?.goes;
  expect(goes('interface')).toBe(true);
  expect(goes('service-runs-on')).toBe(true);
  expect(goes('volume')).toBe(false);
  expect(hanging.find(({ kind }) => kind.name === 'interface')?.names[0]).toMatch(/^text \d+ text/);
  change(() => db.tables.records.remove(device, id));
  expect(db.tables.records.dependents(device, id)).toEqual([]);
  db.history.undo();
  expect(db.tables.records.dependents(device, id)).toEqual(hanging);
});

it('finds rows by words of their names and texts', () => {
  const vlan = all.find(({ name }) => name === 'vlan');
  if (vlan === undefined) throw new Error('no vlan');
  change(() => {
    db.tables.records.insert(vlan, newId(), { number: 20, name: 'storage', purpose: 'NFS, iSCSI' });
    db.tables.records.insert(vlan, newId(), { number: 30, name: 'ingress' });
  });
  const find = (...words: string[]) =>
    db.tables.records
      .list(vlan, { ...everything, words, limit: 10 })
      .rows.map(({ values }) => values.name);
  expect(find('iscsi')).toEqual(['storage']);
  expect(find('STOR', 'nfs')).toEqual(['storage']);
  expect(find('s').sort()).toEqual(['ingress', 'storage']);
  expect(find('%')).toEqual([]);
});

describe('a large table', () => {
  const kind = (name: string) => {
    const found = all.find((each) => each.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  /** Devices with two interfaces and two addresses each, and two addresses that float. */
  function fill(): void {
    change(() => {
      const { records } = db.tables;
      for (const device of ['pi-10', 'pi-2', 'nas']) {
        const deviceId = newId();
        records.insert(kind('device'), deviceId, {
          name: device,
          kind: 'sbc',
          status: 'active',
          heightUnits: 1,
        });
        for (const [ordinal, name] of ['eth0', 'eth1'].entries()) {
          const id = newId();
          records.insert(kind('interface'), id, {
            device: deviceId,
            name,
            kind: 'ethernet',
            ordinal,
          });
          const address = `10.${device.length}.${name.slice(-1)}.1/24`;
          records.insert(kind('address'), newId(), { interface: id, address, role: 'host' });
        }
      }
      for (const address of ['10.9.9.2/24', '10.9.9.1/24']) {
        records.insert(kind('address'), newId(), { address, role: 'virtual' });
      }
    });
  }
  const page = (name: string, query: Partial<Parameters<typeof db.tables.records.list>[1]>) =>
    db.tables.records
      .list(kind(name), { ...everything, limit: 100, ...query })
      .rows.map((row) => row.name);

  it('stands below its devices in their natural order, what belongs to none last', () => {
    fill();
    expect(page('interface', {})).toEqual([
      'nas eth0',
      'nas eth1',
      'pi-2 eth0',
      'pi-2 eth1',
      'pi-10 eth0',
      'pi-10 eth1',
    ]);
    const whole = page('address', {});
    expect(whole.slice(-2)).toEqual(['10.9.9.1/24', '10.9.9.2/24']);
    expect(whole).toHaveLength(8);
    // Pages are parts of the whole, also across the end of what belongs to a device.
    const parts = [0, 3, 6].flatMap((offset) => page('address', { offset, limit: 3 }));
    expect(parts).toEqual(whole);
    expect(page('address', { offset: 7, limit: 3 })).toEqual(whole.slice(7));
  });

  it('is searched by every word, in its own texts or in the name of what it belongs to', () => {
    fill();
    expect(page('address', { words: ['pi-10', 'eth1'] })).toEqual(['pi-10 eth1 10.5.1.1/24']);
    expect(page('address', { words: ['9.9', 'virtual'] })).toHaveLength(2);
    expect(page('interface', { words: ['nas', 'pi'] })).toEqual([]);
  });

  it('takes conditions of each sort', () => {
    fill();
    const where = (condition: object) => page('address', { where: [condition] as never });
    expect(where({ field: 'interface', declared: false })).toHaveLength(2);
    expect(where({ field: 'role', any: ['virtual', 'host'] })).toHaveLength(8);
    expect(where({ field: 'interface', contains: 'NAS' })).toHaveLength(2);
    expect(where({ field: 'address', contains: '10.3.' })).toHaveLength(2);
  });
});
