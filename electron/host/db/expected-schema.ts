import Sqlite from 'better-sqlite3';
import { checkHistory, migrationTable } from './migrate.ts';
import type { Migration } from './migrations/index.ts';
import { newestColumns } from './newest-columns.ts';

/**
 * The first table or column that a database of its version should have and lacks; or undefined.
 * SQLite's own check finds no fault with a database that has lost a whole table. Throws as
 * checkHistory does.
 */
export function missingPart(
  sqlite: Sqlite.Database,
  migrations: readonly Migration[],
): string | undefined {
  const actual = columnsOf(sqlite);
  if (actual.size === 0) return undefined;
  if (![...actual].some((column) => column.startsWith('migration.'))) {
    return 'its table migration is missing';
  }
  const version = checkHistory(sqlite, migrations);
  if (version === 0) return 'its table migration is empty';
  const steps = migrations.slice(0, version);
  const expected = version === newestColumns.version ? newestColumns.columns : tried(steps);
  const missing = expected.find((column) => !actual.has(column));
  if (missing === undefined) return undefined;
  const [table, column] = missing.split('.');
  const wholeTable = ![...actual].some((known) => known.startsWith(`${table}.`));
  return wholeTable ? `its table ${table} is missing` : `its table ${table} lacks ${column}`;
}

/**
 * What the steps make, tried out in memory. That takes longer than all else at a start, so that of the
 * newest version is written down in newest-columns.ts.
 */
export function tried(steps: readonly Migration[]): readonly string[] {
  const trial = new Sqlite(':memory:');
  try {
    trial.exec(migrationTable);
    for (const { sql } of steps) trial.exec(sql);
    return [...columnsOf(trial)];
  } finally {
    trial.close();
  }
}

function columnsOf(sqlite: Sqlite.Database): ReadonlySet<string> {
  const rows = sqlite
    .prepare<[], string>(
      `SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
       WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'`,
    )
    .pluck();
  return new Set(rows.all());
}
