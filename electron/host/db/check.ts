import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { isDamage, messageOf } from './sqlite-errors.ts';

/** The first thing that SQLite finds wrong, in everything or in one table; or undefined. */
export function quickCheck(sqlite: Sqlite.Database, table?: string): string | undefined {
  const problem = sqlite.pragma(`quick_check(${table ?? 1})`, { simple: true });
  return problem === 'ok' ? undefined : String(problem);
}

/** Every table that has pages of its own, SQLite's and the full-text search's among them. */
export function tablesOf(sqlite: Sqlite.Database): string[] {
  return sqlite
    .prepare<[], string>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow')",
    )
    .pluck()
    .all();
}

/**
 * The first thing wrong with a copy that SQLite's backup made, which takes pages as they are and
 * would not notice. Other work is done between two tables, of which `beforeTable` is told. It also
 * ends the copy's use of a write-ahead log, which would leave files beside it at every look.
 */
export async function checkBackup(
  file: string,
  beforeTable: () => void,
): Promise<string | undefined> {
  const sqlite = new Sqlite(file, { fileMustExist: true });
  try {
    sqlite.pragma('journal_mode = DELETE');
    for (const table of tablesOf(sqlite)) {
      await setImmediate();
      beforeTable();
      const problem = quickCheck(sqlite, table);
      if (problem !== undefined) return problem;
    }
    return undefined;
  } catch (error) {
    if (isDamage(error)) return messageOf(error);
    throw error;
  } finally {
    sqlite.close();
  }
}
