import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Change } from '../../../../shared/model/history.ts';
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

const before = migrations.findIndex(({ name }) => name === 'change log');
const pi = '0192aaaa-0000-7000-8000-000000000001';
const nas = '0192aaaa-0000-7000-8000-000000000002';
const link = '0192aaaa-0000-7000-8000-000000000003';

/** Rows that stand as they were made, that were changed, that went, and that came and went at once. */
function writeLog(sqlite: Sqlite.Database): void {
  const device = (id: string, name: string) =>
    `INSERT INTO device (id, name, kind, status, position, rack_id)
     VALUES ('${id}', '${name}', 'sbc', 'active', 3.5, 'rack');`;
  olderChange(
    sqlite,
    'made',
    `INSERT INTO site (id, name) VALUES ('site', 'Home');
     INSERT INTO rack (id, site_id, name, height_units) VALUES ('rack', 'site', 'A', 12);
     ${device(pi, 'pi-1')} ${device(nas, 'nas')}
     INSERT INTO interface (id, device_id, name, kind, ordinal)
       VALUES ('${link}', '${pi}', 'eth0', 'ethernet', 0);
     INSERT INTO ip_address (id, interface_id, address, prefix_length, bytes, role) VALUES
       ('address', '${link}', '10.0.0.2', 24, x'00000000000000000000ffff0a000002', 'host');`,
  );
  olderChange(sqlite, 'changed', `UPDATE device SET name = 'pi-one', os = 'x' WHERE id = '${pi}'`);
  olderChange(
    sqlite,
    'changed twice',
    `UPDATE device SET os = 'y' WHERE id = '${pi}'; UPDATE device SET os = 'z' WHERE id = '${pi}';
     UPDATE ip_address SET address = '10.0.0.3', bytes = x'00000000000000000000ffff0a000003';`,
  );
  olderChange(
    sqlite,
    'gone',
    `UPDATE device SET os = 'w' WHERE id = '${nas}'; DELETE FROM device WHERE id = '${nas}'`,
  );
  olderChange(
    sqlite,
    'came and went',
    `${device(nas, 'again')} DELETE FROM device WHERE id = '${nas}';`,
  );
  olderChange(sqlite, 'the rack gone', "DELETE FROM rack WHERE id = 'rack'");
}

/** What the old log had, set by set. */
function oldAnswers(): Map<string, Change[]> {
  const sqlite = new Sqlite(databaseFile(data.directory), { readonly: true });
  const rows = sqlite
    .prepare<
      [],
      Record<'title' | 'before' | 'after', string> & Pick<Change, 'table' | 'rowId' | 'operation'>
    >(
      `SELECT s.title, c.table_name AS "table", c.row_id AS rowId, c.operation, c.before, c.after
       FROM change c JOIN change_set s ON s.seq = c.set_seq ORDER BY c.seq`,
    )
    .all();
  sqlite.close();
  const answers = new Map<string, Change[]>();
  for (const { title, before: old, after, ...change } of rows) {
    const known = answers.get(title) ?? [];
    known.push({ ...change, before: JSON.parse(old), after: JSON.parse(after) });
    answers.set(title, known);
  }
  return answers;
}

it('answers as the old log did, and its past can still be undone and redone', () => {
  writeOlder(data.directory, before, writeLog);
  const answers = oldAnswers();
  // A later step gave tags another table; here there are none.
  const { device_tag: _empty, ...rows } = snapshot(databaseFile(data.directory));
  const db = data.open();
  expect(snapshot(db.file)).toMatchObject(rows);
  const sets = db.history.list({ before: null, limit: 10 });
  expect(sets).toHaveLength(6);
  for (const { id, title } of sets) {
    expect([title, db.history.changes({ id, limit: 100 }).changes]).toEqual([
      title,
      answers.get(title),
    ]);
  }
  for (const _set of sets) db.history.undo();
  expect(snapshot(db.file)).toMatchObject({ device: [], rack: [], site: [], ip_address: [] });
  for (const _set of sets) db.history.redo();
  expect(snapshot(db.file)).toMatchObject(rows);
});

it('keeps the image of what went without a change that tells of it', () => {
  writeOlder(data.directory, before, (sqlite) => {
    olderChange(sqlite, 'made', "INSERT INTO site (id, name) VALUES ('site', 'Home')");
    sqlite.exec('DROP TRIGGER history_site_delete');
    sqlite.exec('DELETE FROM site');
  });
  const db = data.open();
  expect(db.history.changes({ id: 'made', limit: 1 }).changes).toMatchObject([
    { after: { id: 'site', name: 'Home' } },
  ]);
});

it('leaves everything as it was when it ends in the middle', () => {
  writeOlder(data.directory, before, writeLog);
  const answers = oldAnswers();
  const [step] = migrations.slice(before);
  if (step === undefined) throw new Error('There is no step after it');
  const broken = { ...step, sql: `${step.sql}; INSERT INTO nowhere VALUES (1)` };
  const open = () => openSqlite(data.directory, [...migrations.slice(0, before), broken]);
  expect(open).toThrow();
  expect(oldAnswers()).toEqual(answers);
  const db = data.open();
  expect(db.history.undo().title).toBe('Undid: the rack gone');
});
