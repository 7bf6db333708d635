import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { databaseFile } from '../data-directory.ts';
import { snapshot } from '../snapshot.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';
import { olderChange, writeOlder } from './older-database.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

/** A database as the version before left it: a device in a rack, with an address and a past. */
function writtenBefore(): void {
  writeOlder(data.directory, 6, (sqlite) =>
    olderChange(
      sqlite,
      'Added pi-1',
      `INSERT INTO site (id, name) VALUES ('site', 'Home');
       INSERT INTO rack (id, site_id, name, height_units) VALUES ('rack', 'site', 'A', 12);
       INSERT INTO device (id, name, kind, status, site_id, rack_id, position, height_units)
         VALUES ('device', 'pi-1', 'sbc', 'active', 'site', 'rack', 3, 1);
       INSERT INTO interface (id, device_id, name, kind, ordinal)
         VALUES ('interface', 'device', 'eth0', 'ethernet', 0);
       INSERT INTO ip_address (id, interface_id, address, prefix_length, bytes, role) VALUES
         ('address', 'interface', '10.0.0.2', 24, x'00000000000000000000ffff0a000002', 'host');`,
    ),
  );
}

it('keeps what a database of the version before holds, and its past can still be undone', () => {
  writtenBefore();
  // A later step gave tags another table; here there are none.
  const { device_tag: _empty, ...old } = snapshot(databaseFile(data.directory));
  const db = data.open();
  const now = snapshot(db.file);
  for (const [table, rows] of Object.entries(old)) {
    expect([table, now[table]]).toEqual([
      table,
      rows.map((row) => expect.objectContaining(row as object)), // rows are objects by column
    ]);
  }
  expect(db.tables.devices.get('device')).toMatchObject({ name: 'pi-1', position: 3 });
  expect(db.history.undo().title).toBe('Undid: Added pi-1');
  expect(snapshot(db.file)).toMatchObject({ device: [], rack: [], ip_address: [], site: [] });
  expect(db.history.redo().title).toBe('Redid: Added pi-1');
  expect(snapshot(db.file)).toEqual(now);
  db.close();
  const sqlite = new Sqlite(db.file);
  expect(sqlite.pragma('foreign_key_check')).toEqual([]);
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
});
