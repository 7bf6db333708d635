import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseFile } from '../data-directory.ts';
import { openSqlite } from '../open.ts';
import { snapshot } from '../snapshot.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';
import { migrations } from './index.ts';
import { olderChange, writeOlder } from './older-database.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

const before = migrations.findIndex(({ name }) => name === 'annotations');
const changeLog = migrations.findIndex(({ name }) => name === 'change log');
const device = '01890000-0000-7000-8000-000000000001';
const gone = '01890000-0000-7000-8000-000000000002';

/** A device that was tagged and noted, and another one of that sort that was deleted since. */
const past: readonly (readonly [title: string, sql: string])[] = [
  [
    'Added two',
    `INSERT INTO device (id, name, kind, status, height_units)
       VALUES ('${device}', 'pi-1', 'sbc', 'active', 1), ('${gone}', 'pi-2', 'sbc', 'active', 1);
     INSERT INTO tag (id, name) VALUES ('k3s', 'k3s');
     INSERT INTO device_tag (id, device_id, tag_id)
       VALUES ('t1', '${device}', 'k3s'), ('t2', '${gone}', 'k3s');
     INSERT INTO note (id, device_id, text, at, edited_at)
       VALUES ('n1', '${device}', 'first', 7, NULL), ('n2', '${gone}', 'its "device_id":1', 8, NULL);
     INSERT INTO cluster (id, name, kind) VALUES ('c', 'k3s-home', 'k3s')`,
  ],
  ['Edited a note', "UPDATE note SET text = 'second', edited_at = 9 WHERE id = 'n1'"],
  ['Deleted pi-2', `DELETE FROM device WHERE id = '${gone}'`],
];

/** By the version just before, or by one whose change log was another. */
function writtenBy(version: number): void {
  if (version <= changeLog) {
    writeOlder(data.directory, version, (sqlite) => {
      for (const [title, sql] of past) olderChange(sqlite, title, sql);
    });
    return;
  }
  const sqlite = openSqlite(data.directory, migrations.slice(0, version));
  sqlite.function('natural_key', { deterministic: true }, (text) => String(text));
  for (const [title, sql] of past) olderChange(sqlite, title, sql);
  sqlite.close();
}

const versions = [changeLog, before];

it.each(versions)('keeps tags and notes of version %i, and their past can be undone', (version) => {
  writtenBy(version);
  const db = data.open();
  const now = snapshot(db.file);
  expect(now.tagging).toEqual([
    { id: 't1', subject_kind: 'device', subject_id: device, tag_id: 'k3s' },
  ]);
  expect(db.tables.notes.page(device, null, 5)).toEqual([
    { id: 'n1', text: 'second', at: 7, editedAt: 9 },
  ]);
  expect(db.history.undo().title).toBe('Undid: Deleted pi-2');
  expect(db.tables.notes.page(gone, null, 5)).toMatchObject([{ text: 'its "device_id":1' }]);
  expect([...db.tables.tags.of([gone])]).toEqual([[gone, ['k3s']]]);
  expect(db.history.undo().title).toBe('Undid: Edited a note');
  expect(db.tables.notes.page(device, null, 5)).toMatchObject([{ text: 'first', editedAt: null }]);
  db.history.undo();
  expect(snapshot(db.file)).toMatchObject({
    device: [],
    tagging: [],
    note: [],
    tag: [],
    cluster: [],
  });
  for (let step = 0; step < 3; step += 1) db.history.redo();
  expect(snapshot(db.file)).toEqual(now);
  db.close();
  const sqlite = new Sqlite(databaseFile(data.directory));
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
});

it('lets search find what only the newer version looks for', () => {
  writtenBy(before);
  const db = data.open();
  db.countDifferencesWith(() => 0);
  expect(db.tables.search.find('k3s-home', 5).hits).toMatchObject([
    { kind: 'cluster', id: 'c', title: 'k3s-home', subtitle: 'Cluster' },
  ]);
});
