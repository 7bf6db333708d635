import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kinds } from '../../../shared/model/kinds/index.ts';
import { createNotes } from '../annotations/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import type { Database } from './index.ts';
import { snapshot } from './snapshot.ts';
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

const add = (name: string) => inventory.devices.create({ name, kind: 'server' }).id;
const titles = () => db.history.list({ before: null, limit: 100 }).map(({ title }) => title);
const isOf = (title: string) => (one: { readonly title: string }) => one.title === title;
const nameOf = (id: string) => inventory.devices.get(id).device.name;

describe('change sets', () => {
  it('keep who, what and how many rows, newest first, page by page', () => {
    const id = add('pi-1');
    inventory.devices.update({ ids: [id], patch: { name: 'pi-one', comment: 'moved' } });
    createNotes(db).add({ kind: 'device', id, text: 'hello' });
    const [newest, ...older] = db.history.list({ before: null, limit: 10 });
    expect(newest).toMatchObject({
      title: 'Added a note to pi-one',
      source: 'app',
      changeCount: 1,
    });
    expect(newest?.who).not.toBe('');
    expect(db.history.list({ before: newest?.id ?? null, limit: 10 })).toEqual(older);
    const { changes } = db.history.changes({ id: older[0]?.id ?? '', limit: 10 });
    expect(changes).toEqual([
      {
        table: 'device',
        rowId: id,
        operation: 'update',
        before: { name: 'pi-1', comment: null },
        after: { name: 'pi-one', comment: 'moved' },
      },
    ]);
  });

  it('name the rows that they are about, as they are called now or last', () => {
    const id = add('pi-1');
    const rackId = inventory.createRack({ siteName: 'Home', name: 'A', heightUnits: 9 }).id;
    inventory.devices.update({ ids: [id], patch: { rackId } });
    inventory.devices.update({ ids: [id], patch: { name: 'pi-one' } });
    const namesOf = (title: string) => {
      const set = db.history.list({ before: null, limit: 10 }).find(isOf(title));
      return db.history.changes({ id: set?.id ?? '', limit: 10 }).names;
    };
    expect(namesOf('Changed rack of pi-1')).toMatchObject({ [id]: 'pi-one', [rackId]: 'A' });
    inventory.devices.remove({ ids: [id] });
    expect(namesOf('Deleted pi-one')[id]).toBe('pi-one');
    expect(namesOf('Changed rack of pi-1')[id]).toBeUndefined();
  });

  it('notice a change of case alone', () => {
    const id = add('Pi');
    inventory.devices.update({ ids: [id], patch: { name: 'pi' } });
    expect(nameOf(id)).toBe('pi');
    db.history.undo();
    expect(nameOf(id)).toBe('Pi');
  });

  it('leave no trace when nothing changed', () => {
    const id = add('pi-1');
    inventory.devices.update({ ids: [id], patch: { name: 'pi-1' } });
    expect(titles()).toEqual(['Added pi-1']);
  });

  it('are all or nothing', () => {
    const before = snapshot(db.file);
    const failing = () =>
      db.change({ title: 'Broken', source: 'app' }, () => {
        db.tables.places.insertSite('half', null);
        throw new Error('in the middle');
      });
    expect(failing).toThrow('in the middle');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('refuse to be nested or asynchronous', () => {
    const write = () => db.tables.places.insertSite('x', null);
    expect(() =>
      db.change({ title: 'Outer', source: 'app' }, () =>
        db.change({ title: 'Inner', source: 'app' }, write),
      ),
    ).toThrow('inside another');
    expect(() => db.change({ title: 'Later', source: 'app' }, async () => write())).toThrow(
      'synchronous',
    );
    expect(inventory.sites()).toEqual([]);
  });
});

describe('writes outside a change set', () => {
  it('fail for every table of the inventory, for insert, update and delete', () => {
    add('pi-1');
    db.close();
    const sqlite = new Sqlite(db.file);
    const outside = [
      "INSERT INTO site (id, name) VALUES ('s', 's')",
      "INSERT INTO tag (id, name) VALUES ('t', 't')",
      "UPDATE device SET comment = 'x'",
      'DELETE FROM device',
    ];
    for (const sql of outside) expect(() => sqlite.exec(sql)).toThrow('outside a change set');
    const tables = sqlite
      .prepare<[], string>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'",
      )
      .pluck()
      .all();
    const triggers = sqlite
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
      .pluck()
      .all();
    sqlite.close();
    const followed = tables.filter((table) => triggers.includes(`history_${table}_insert`));
    expect(followed.sort()).toEqual(
      [
        ...new Set(kinds.map(({ table }) => table)),
        // What no kind describes: tags, notes, decisions of a person, and what machines told.
        'attachment',
        'custom_field',
        'custom_value',
        'dismissal',
        'identity',
        'note',
        'observation',
        'rejection',
        'suppression',
        'tag',
        'tagging',
      ].sort(),
    );
    for (const table of followed) {
      expect(triggers).toContain(`history_${table}_update`);
      expect(triggers).toContain(`history_${table}_delete`);
    }
  });
});

describe('undo and redo', () => {
  it('walk along the history and back', () => {
    const id = add('a');
    for (const name of ['b', 'c', 'd']) inventory.devices.update({ ids: [id], patch: { name } });
    db.history.undo();
    db.history.undo();
    expect(nameOf(id)).toBe('b');
    expect(db.history.redo().title).toBe('Redid: Renamed b to c');
    expect(nameOf(id)).toBe('c');
    db.history.undo();
    db.history.redo();
    db.history.redo();
    expect(nameOf(id)).toBe('d');
    expect(() => db.history.redo()).toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
    for (let step = 0; step < 4; step += 1) db.history.undo();
    expect(inventory.summary().empty).toBe(true);
    expect(() => db.history.undo()).toThrow(expect.objectContaining({ code: 'NOTHING_TO_UNDO' }));
  });

  it('mark what was taken back, and forget the redo after a new edit', () => {
    const id = add('a');
    inventory.devices.update({ ids: [id], patch: { name: 'b' } });
    const undone = db.history.undo();
    expect(undone).toMatchObject({ source: 'undo', state: 'done' });
    const state = db.history.state();
    expect(state.redo).toMatchObject({ id: undone.undoes, state: 'undone' });
    inventory.devices.update({ ids: [id], patch: { name: 'c' } });
    expect(db.history.state().redo).toBeNull();
    // What was cleared must not come back when the new edit is undone.
    db.history.undo();
    expect(db.history.redo().title).toContain('Renamed a to c');
    expect(titles()).toContain('Renamed a to b');
  });

  it('move only what was shown, when told what that was', () => {
    add('mine');
    const shown = db.history.state().undo?.id;
    const elsewhere = data.open();
    createInventory(elsewhere).devices.create({ name: 'from-cli', kind: 'other' }, 'cli');
    const before = snapshot(db.file);
    expect(() => db.history.undo({ expect: shown })).toThrow(
      expect.objectContaining({
        code: 'CHANGED_SINCE',
        message: expect.stringContaining('Added from-cli'),
        data: { expected: shown, next: db.history.state().undo?.id },
      }),
    );
    expect(snapshot(db.file)).toEqual(before);
    elsewhere.history.undo();
    expect(db.history.undo({ expect: shown }).undoes).toBe(shown);
    expect(() => db.history.undo({ expect: shown })).toThrow(
      expect.objectContaining({ code: 'NOTHING_TO_UNDO' }),
    );
    const cli = elsewhere.history.list({ before: null, limit: 10 }).find(isOf('Added from-cli'));
    expect(() => db.history.redo({ expect: cli?.id })).toThrow(
      expect.objectContaining({ code: 'CHANGED_SINCE' }),
    );
    expect(db.history.redo({ expect: shown }).title).toBe('Redid: Added mine');
  });

  it('survive a restart', () => {
    const id = add('a');
    inventory.devices.update({ ids: [id], patch: { name: 'b' } });
    db.history.undo();
    db.close();
    db = data.open();
    inventory = createInventory(db);
    db.history.redo();
    expect(nameOf(id)).toBe('b');
    db.history.undo();
    db.history.undo();
    expect(inventory.summary().devices).toBe(0);
  });

  it('refuse as a whole what was changed since behind their back, and name the rows', () => {
    const ids = [add('a'), add('b')];
    inventory.devices.update({ ids, patch: { comment: 'first' } });
    db.close();
    overwrite(db.file, `UPDATE device SET comment = 'elsewhere' WHERE name = 'b'`);
    db = data.open();
    inventory = createInventory(db);
    const before = snapshot(db.file);
    expect(() => db.history.undo()).toThrow(
      expect.objectContaining({
        code: 'UNDO_CONFLICT',
        data: {
          rows: [{ table: 'device', rowId: ids[1], reason: 'changed later' }],
          standing: [],
        },
      }),
    );
    expect(snapshot(db.file)).toEqual(before);
  });

  it('never take along what hangs on a row since', () => {
    const id = add('a');
    db.close();
    overwrite(
      db.file,
      `INSERT INTO note (id, subject_kind, subject_id, text, at) VALUES ('n', 'device', '${id}', 'kept', 1)`,
    );
    db = data.open();
    expect(() => db.history.undo()).toThrow(expect.objectContaining({ code: 'UNDO_CONFLICT' }));
    expect(createNotes(db).list({ kind: 'device', id, before: null, limit: 5 }).notes).toHaveLength(
      1,
    );
  });
});

/** A write that history does not know of, as only a tool from outside could make it. */
function overwrite(file: string, sql: string): void {
  const sqlite = new Sqlite(file);
  sqlite.function('natural_key', (text) => text);
  const triggers = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'",
    )
    .all();
  for (const { name } of triggers) sqlite.exec(`DROP TRIGGER "${name}"`);
  sqlite.exec(sql);
  for (const trigger of triggers) sqlite.exec(trigger.sql);
  sqlite.close();
}
