import { createHash } from 'node:crypto';
import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { annotationTriggers } from './annotation-triggers.ts';
import { derivedTriggers } from './derived-triggers.ts';
import { historyTriggers, imageColumns } from './history-triggers.ts';
import type { Migration } from './migrations/index.ts';
import { neighbourTriggers } from './neighbour-triggers.ts';
import { packAfterMigration } from './pack.ts';
import { proposalTriggers } from './proposal-triggers.ts';
import { type HistoryTable, historyTables } from './schema.ts';
import { isDamage } from './sqlite-errors.ts';

/** `RKHM`: says that a SQLite file is ours. */
export const applicationId = 0x524b484d;

export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  /** Called before the first migration of a database that already holds something. */
  readonly copyBefore: (version: number) => void;
}

/** Throws DATA_NEWER or DATA_MIGRATION_CHANGED when this database is not for this release. */
export function migrate(sqlite: Sqlite.Database, options: MigrateOptions): void {
  const { migrations } = options;
  let version = checkHistory(sqlite, migrations);
  if (version > 0 && version < migrations.length) options.copyBefore(version + 1);
  const from = version;
  for (const migration of migrations.slice(version)) {
    runMigration(sqlite, migration, migrations);
    version = migration.version;
  }
  generateTriggers(sqlite);
  if (from > 0 && from < version) tidy(sqlite);
}

/**
 * The version that the database stands at, after its past was compared with ours. Throws DATA_NEWER
 * or DATA_MIGRATION_CHANGED.
 */
export function checkHistory(sqlite: Sqlite.Database, migrations: readonly Migration[]): number {
  const table = sqlite
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'")
    .get();
  if (table === undefined) return 0;
  const applied = sqlite
    .prepare<[], { version: number; sha256: string }>(
      'SELECT version, sha256 FROM migration ORDER BY version',
    )
    .all();
  const newest = applied.at(-1)?.version ?? 0;
  if (newest > migrations.length) {
    throw new RackhelmError(
      'DATA_NEWER',
      `The database was written by a newer Rackhelm (its version is ${newest}, this one knows ${migrations.length}).`,
      { data: { found: newest, known: migrations.length } },
    );
  }
  for (const [index, { version, sha256 }] of applied.entries()) {
    const ours = migrations[index];
    if (ours?.version === version && checksum(ours) === sha256) continue;
    throw new RackhelmError(
      'DATA_MIGRATION_CHANGED',
      `The database was built by a different step ${version} than this Rackhelm has.`,
      { data: { version } },
    );
  }
  return newest;
}

/** The file is whole either way, and only larger than it need be where there is no room for this. */
function tidy(sqlite: Sqlite.Database): void {
  try {
    packAfterMigration(sqlite);
  } catch (error) {
    if (isDamage(error)) throw error;
  }
}

function runMigration(
  sqlite: Sqlite.Database,
  migration: Migration,
  migrations: readonly Migration[],
): void {
  // Foreign keys off, as SQLite asks for rebuilding tables; the check below makes up for it.
  sqlite.pragma('foreign_keys = OFF');
  // What is sorted on the way may be larger than memory.
  sqlite.pragma('temp_store = FILE');
  try {
    sqlite.exec('BEGIN EXCLUSIVE');
    // Another program may have done it while we waited for the lock.
    if (checkHistory(sqlite, migrations) < migration.version) {
      dropTriggers(sqlite);
      apply(sqlite, migration);
    }
    sqlite.exec('COMMIT');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    throw error;
  } finally {
    sqlite.pragma('temp_store = MEMORY');
    sqlite.pragma('foreign_keys = ON');
  }
}

function apply(sqlite: Sqlite.Database, migration: Migration): void {
  if (migration.version === 1) sqlite.exec(migrationTable);
  sqlite.exec(migration.sql);
  sqlite
    .prepare('INSERT INTO migration (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)')
    .run(migration.version, migration.name, checksum(migration), Date.now());
  sqlite.pragma(`application_id = ${applicationId}`);
  const broken = sqlite.pragma('foreign_key_check');
  if (Array.isArray(broken) && broken.length > 0) {
    throw new RackhelmError('INTERNAL', `Step ${migration.version} left rows that point nowhere.`);
  }
}

export const migrationTable = `CREATE TABLE migration (
  version INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`;

export function checksum(migration: Migration): string {
  return createHash('sha256').update(migration.sql).digest('hex');
}

/** Replaces the generated triggers when the schema or the generator changed. */
function generateTriggers(sqlite: Sqlite.Database): void {
  const tables = historyTables(sqlite);
  const names = new Set(tables.map(({ name }) => name));
  const triggersWith = (layoutOf: (table: HistoryTable) => number) => [
    ...tables.flatMap((table) => historyTriggers(table, layoutOf(table))),
    ...annotationTriggers(names),
    ...derivedTriggers(names),
    ...neighbourTriggers(),
    ...proposalTriggers(),
  ];
  const layouts = layoutStatements(sqlite);
  // A table that has no layout yet gets 0 here, and triggers that are not the current ones.
  const isCurrent = () =>
    areCurrent(
      sqlite,
      triggersWith((table) => layouts.find(table) ?? 0),
    );
  if (isCurrent()) return;
  sqlite
    .transaction(() => {
      if (isCurrent()) return;
      dropTriggers(sqlite);
      const triggers = triggersWith((table) => layouts.find(table) ?? layouts.add(table));
      for (const trigger of triggers) sqlite.exec(trigger);
      sqlite
        .prepare(
          `INSERT INTO setting (key, value) VALUES ('triggers', ?)
           ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        )
        .run(hashOf(triggers));
    })
    .immediate();
}

function areCurrent(sqlite: Sqlite.Database, wanted: readonly string[]): boolean {
  const stored = sqlite.prepare("SELECT value FROM setting WHERE key = 'triggers'").pluck().get();
  const count = sqlite.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
  // Counted too: a trigger that was lost would leave a gap in the history.
  return stored === hashOf(wanted) && count.pluck().get() === wanted.length;
}

const hashOf = (triggers: readonly string[]) =>
  createHash('sha256').update(triggers.join('\n')).digest('hex');

/** What images of a table's rows are made of; a table whose columns change gets another layout. */
function layoutStatements(sqlite: Sqlite.Database) {
  const key = (table: HistoryTable) => [table.name, JSON.stringify(imageColumns(table))] as const;
  const find = sqlite
    .prepare<[string, string], number>(
      'SELECT id FROM change_layout WHERE table_name = ? AND columns = ?',
    )
    .pluck();
  const add = sqlite.prepare<[string, string]>(
    'INSERT INTO change_layout (table_name, columns) VALUES (?, ?)',
  );
  return {
    find: (table: HistoryTable) => find.get(...key(table)),
    add: (table: HistoryTable) => Number(add.run(...key(table)).lastInsertRowid),
  };
}

/** Every trigger of ours is generated, so all may go. */
function dropTriggers(sqlite: Sqlite.Database): void {
  const names = sqlite
    .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of names) sqlite.exec(`DROP TRIGGER "${name}"`);
  const settings = sqlite
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'setting'")
    .get();
  if (settings !== undefined) sqlite.exec("DELETE FROM setting WHERE key = 'triggers'");
}
