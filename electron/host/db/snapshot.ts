import Sqlite from 'better-sqlite3';
import { historyTables } from './schema.ts';

/** For tests: every row of every table under history, by table and in the order of ids. */
export function snapshot(file: string): Record<string, unknown[]> {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return Object.fromEntries(
      historyTables(sqlite).map(({ name }) => [
        name,
        sqlite.prepare(`SELECT * FROM "${name}" ORDER BY id`).all(),
      ]),
    );
  } finally {
    sqlite.close();
  }
}
