import type Sqlite from 'better-sqlite3';

/** Below that a file is not worth the writing: 8 MiB of pages of 4 KiB. */
const smallestPages = 2_048;

/** Writes the file anew where a quarter of it is free, as after a step that rebuilt large tables. */
export function packAfterMigration(sqlite: Sqlite.Database): void {
  if (count(sqlite, 'freelist_count') * 4 > count(sqlite, 'page_count')) pack(sqlite);
}

/**
 * The same where it has doubled since: pages of an index that only grew at its end are not full, which
 * is an eighth of what an import writes.
 */
export function packIfGrown(sqlite: Sqlite.Database): void {
  const known = sqlite.prepare("SELECT value FROM setting WHERE key = 'packed'").pluck().get();
  const pages = count(sqlite, 'page_count');
  if (pages > smallestPages && pages > 2 * Number(known ?? 0)) pack(sqlite);
}

function pack(sqlite: Sqlite.Database): void {
  // The new file is built beside this one and not in memory, which a long history would fill.
  sqlite.pragma('temp_store = FILE');
  try {
    sqlite.exec('VACUUM');
    sqlite
      .prepare("INSERT OR REPLACE INTO setting (key, value) VALUES ('packed', ?)")
      .run(String(count(sqlite, 'page_count')));
  } finally {
    sqlite.pragma('temp_store = MEMORY');
  }
}

function count(sqlite: Sqlite.Database, pragma: 'page_count' | 'freelist_count'): number {
  return Number(sqlite.pragma(pragma, { simple: true }));
}
