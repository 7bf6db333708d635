import Sqlite from 'better-sqlite3';
import { databaseFile } from '../data-directory.ts';
import { applicationId, checksum, migrationTable } from '../migrate.ts';
import { type HistoryTable, historyTables } from '../schema.ts';
import { type Migration, migrations } from './index.ts';

/**
 * For tests: a database as a version before step 11 left it, with the history that its triggers wrote.
 * `write` does what that version did, in SQL; natural_key is there for it.
 */
export function writeOlder(
  dataDirectory: string,
  version: number,
  write: (sqlite: Sqlite.Database) => void,
): void {
  const sqlite = new Sqlite(databaseFile(dataDirectory));
  try {
    sqlite.pragma('foreign_keys = ON');
    // Each statement is a transaction of its own, which nobody would miss after a power cut.
    sqlite.pragma('synchronous = OFF');
    sqlite.function('natural_key', { deterministic: true }, (text) => String(text));
    sqlite.exec(migrationTable);
    for (const step of migrations.slice(0, version)) apply(sqlite, step);
    sqlite.pragma(`application_id = ${applicationId}`);
    for (const table of historyTables(sqlite)) olderTriggers(sqlite, table);
    write(sqlite);
  } finally {
    sqlite.close();
  }
}

/** Runs statements as one change set of the older version. */
export function olderChange(sqlite: Sqlite.Database, title: string, sql: string): void {
  const last = '(SELECT coalesce(max(seq), 0) FROM change)';
  const { lastInsertRowid: seq } = sqlite
    .prepare(
      `INSERT INTO change_set (id, at, who, title, source, state, first_change, last_change)
       VALUES (?, 1, 'ada', ?, 'app', 'done', ${last} + 1, ${last})`,
    )
    .run(title, title);
  sqlite.prepare('INSERT INTO current_change_set (only, set_seq) VALUES (1, ?)').run(seq);
  sqlite.exec(sql);
  sqlite.exec('DELETE FROM current_change_set');
  sqlite.prepare(`UPDATE change_set SET last_change = ${last} WHERE seq = ?`).run(seq);
}

function apply(sqlite: Sqlite.Database, step: Migration): void {
  sqlite.exec(step.sql);
  sqlite
    .prepare('INSERT INTO migration (version, name, sha256, applied_at) VALUES (?, ?, ?, 1)')
    .run(step.version, step.name, checksum(step));
}

/** The triggers of those versions: whole rows as JSON objects, also of what was made. */
function olderTriggers(sqlite: Sqlite.Database, { name, columns }: HistoryTable): void {
  const changed = (column: string) => `OLD."${column}" IS NOT NEW."${column}" COLLATE BINARY`;
  const value = (side: string, column: HistoryTable['columns'][number]) =>
    column.type === 'BLOB'
      ? `CASE WHEN ${side}."${column.name}" IS NULL THEN 'null'
         ELSE '"' || hex(${side}."${column.name}") || '"' END`
      : `json_quote(${side}."${column.name}")`;
  const member = (side: string, column: HistoryTable['columns'][number]) =>
    `',"${column.name}":' || ${value(side, column)}`;
  const object = (members: readonly string[]) => `'{' || substr(${members.join(' || ')}, 2) || '}'`;
  const whole = (side: string) => object(columns.map((column) => member(side, column)));
  const part = (side: string) =>
    object(
      columns.map(
        (column) => `CASE WHEN ${changed(column.name)} THEN ${member(side, column)} ELSE '' END`,
      ),
    );
  const anyChanged = columns.map((column) => changed(column.name)).join(' OR ');
  const trigger = (operation: string, when: string, images: readonly string[]) =>
    sqlite.exec(`CREATE TRIGGER history_${name}_${operation}
      AFTER ${operation} ON "${name}" ${when} BEGIN
        INSERT INTO change (set_seq, table_name, row_id, operation, before, after) VALUES (
          (SELECT set_seq FROM current_change_set), '${name}',
          ${operation === 'insert' ? 'NEW' : 'OLD'}.id, '${operation}', ${images.join(', ')});
      END`);
  trigger('insert', '', ['NULL', whole('NEW')]);
  trigger('delete', '', [whole('OLD'), 'NULL']);
  trigger('update', `WHEN ${anyChanged}`, [part('OLD'), part('NEW')]);
}
