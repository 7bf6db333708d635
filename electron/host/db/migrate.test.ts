import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listCopies } from './copies.ts';
import { migrations } from './migrations/index.ts';
import { openSqlite } from './open.ts';
import { snapshot } from './snapshot.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

/** The next one after those that there are. */
const next = migrations.length + 1;
const second = { version: next, name: 'colour', sql: 'ALTER TABLE tag ADD COLUMN colour TEXT' };
const openWith = (steps: typeof migrations) => openSqlite(data.directory, steps);

function seeded(): string {
  const db = data.open();
  db.change({ title: 'Seed', source: 'app' }, () => db.tables.tags.ensure('k3s'));
  db.close();
  return db.file;
}

describe('the schema', () => {
  it('is the one that was reviewed', async () => {
    const sqlite = openWith(migrations);
    const rows = sqlite
      .prepare<[], { sql: string }>(
        `SELECT sql FROM sqlite_schema
         WHERE sql IS NOT NULL AND type IN ('table', 'index') AND name NOT LIKE 'search_index_%'
         ORDER BY type DESC, name`,
      )
      .all();
    sqlite.close();
    await expect(`${rows.map(({ sql }) => sql).join(';\n\n')};\n`).toMatchFileSnapshot(
      './schema.snapshot.sql',
    );
  });

  it('has migrations numbered without gaps', () => {
    expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
  });

  it('has only STRICT tables', () => {
    const sqlite = openWith(migrations);
    const loose = sqlite
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
         AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
      )
      .all();
    sqlite.close();
    expect(loose).toEqual([]);
  });
});

describe('a migration', () => {
  it('copies the file first, keeps what is there, and history follows the new column', () => {
    const file = seeded();
    const before = snapshot(file);
    const known = listCopies(data.directory).length;
    const sqlite = openWith([...migrations, second]);
    const trigger = sqlite
      .prepare<[], string>("SELECT sql FROM sqlite_schema WHERE name = 'history_tag_update'")
      .pluck()
      .get();
    sqlite.close();
    expect(trigger).toContain('colour');
    expect(snapshot(file).tag).toEqual([expect.objectContaining({ name: 'k3s', colour: null })]);
    const [copy, ...rest] = listCopies(data.directory);
    expect(rest).toHaveLength(known);
    expect(copy?.file).toContain(`before-migration-${next}`);
    expect(snapshot(copy?.file ?? '')).toEqual(before);
  });

  it('that fails leaves the database as it was', () => {
    const file = seeded();
    const before = snapshot(file);
    const broken = { ...second, sql: `${second.sql}; INSERT INTO nowhere VALUES (1)` };
    expect(() => openWith([...migrations, broken])).toThrow('nowhere');
    expect(snapshot(file)).toEqual(before);
    data.open().close();
  });
});

describe('a database of another release', () => {
  it('that is newer is refused and left alone', () => {
    const file = seeded();
    openWith([...migrations, second]).close();
    expect(() => openWith(migrations)).toThrow(expect.objectContaining({ code: 'DATA_NEWER' }));
    expect(snapshot(file).tag).toHaveLength(1);
  });

  it('whose past differs is refused', () => {
    const file = seeded();
    const sqlite = new Sqlite(file);
    sqlite.prepare("UPDATE migration SET sha256 = 'other' WHERE version = 1").run();
    sqlite.close();
    expect(() => openWith(migrations)).toThrow(
      expect.objectContaining({ code: 'DATA_MIGRATION_CHANGED', data: { version: 1 } }),
    );
  });
});
