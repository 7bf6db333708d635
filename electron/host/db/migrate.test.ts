import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listCopies } from './copies.ts';
import { databaseFile } from './data-directory.ts';
import { tried } from './expected-schema.ts';
import { applicationId, checksum, migrationTable } from './migrate.ts';
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

  it('has its columns written down for the start of the app', async () => {
    const lines = tried(migrations).map((column) => `    '${column}',\n`);
    const text = [
      '/** Written by migrate.test.ts: every column of the newest version, as `table.column`. */\n',
      'export const newestColumns = {\n',
      `  version: ${migrations.length},\n`,
      `  columns: [\n${lines.join('')}  ] as readonly string[],\n`,
      '};\n',
    ];
    await expect(text.join('')).toMatchFileSnapshot('./newest-columns.ts');
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

it('encodes the names in keys of a database that the version before wrote', () => {
  const before = writtenBy(migrations.slice(0, 2));
  const facts = (names: string[]) =>
    JSON.stringify({ sections: { interfaces: { data: names.map((name) => ({ name })) } } });
  const machine = (id: string, names: string[], keys: string[]) => {
    before
      .prepare("INSERT INTO device (id, name, kind, status) VALUES (?, ?, 'sbc', 'active')")
      .run(id, id);
    before
      .prepare("INSERT INTO facts_document VALUES (?, ?, 'ssh', 1, ?)")
      .run(`f${id}`, id, facts(names));
    for (const [key, value] of [
      ['facts', `f${id}`],
      ['interfaces', 'ok'],
      ...keys.map((key) => [key, 'x']),
    ]) {
      before
        .prepare("INSERT INTO observation VALUES (?, ?, 'ssh', ?, ?, NULL, 1)")
        .run(`${id}${key}`, id, key, value);
    }
  };
  machine('odd', ['eth0', 'eth0/mac'], ['interface/eth0', 'interface/eth0/mac']);
  machine('even', ['a%b'], ['interface/a%b', 'interface/a%b/mac', 'os']);
  before.close();
  const sqlite = openWith(migrations);
  const rows = sqlite
    .prepare(
      "SELECT device_id || ' ' || key || ' ' || coalesce(value, '-') FROM observation WHERE key <> 'facts' ORDER BY 1",
    )
    .pluck()
    .all();
  sqlite.close();
  expect(rows).toEqual([
    'even interface/a%25b x',
    'even interface/a%25b/mac x',
    'even interfaces ok',
    'even os x',
    'odd interfaces -',
  ]);
});

/** A database as these steps left it, open and without the triggers of today. */
function writtenBy(steps: typeof migrations): Sqlite.Database {
  const sqlite = new Sqlite(databaseFile(data.directory));
  sqlite.pragma(`application_id = ${applicationId}`);
  sqlite.exec(migrationTable);
  for (const step of steps) {
    sqlite.exec(step.sql);
    sqlite
      .prepare('INSERT INTO migration (version, name, sha256, applied_at) VALUES (?, ?, ?, 1)')
      .run(step.version, step.name, checksum(step));
  }
  return sqlite;
}
