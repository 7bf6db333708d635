import type Sqlite from 'better-sqlite3';
import { type HistoryTable, historyTables } from './schema.ts';

/** Things that have a history of their own; all else belongs to one of them or to several. */
const subjectTables: ReadonlySet<string> = new Set(['device', 'rack', 'site', 'service', 'vlan']);

export interface ChangeSubjects {
  /** Notes what the changes of a set are about; within its transaction, once they are all made. */
  note(setSeq: number): void;
}

interface ForeignKey {
  readonly from: string;
  readonly table: string;
}

/**
 * Once for each change set rather than by a trigger for each row, so that 10,000 rows of one table
 * cost one statement. Generated from the foreign keys of the live schema: a table that a later
 * migration brings is followed as soon as it refers to a thing.
 */
export function createChangeSubjects(sqlite: Sqlite.Database): ChangeSubjects {
  const notes = new Map(
    historyTables(sqlite).flatMap((table) => {
      const sql = statementFor(table, foreignKeys(sqlite, table.name));
      return sql === null ? [] : [[table.name, sqlite.prepare<[Range]>(sql)] as const];
    }),
  );
  const rangeOf = sqlite.prepare<[number], Range>(
    `SELECT seq AS set_seq, first_change AS first, last_change AS last
     FROM change_set WHERE seq = ?`,
  );
  const tablesIn = sqlite
    .prepare<[Range], string>(
      'SELECT DISTINCT table_name FROM change WHERE seq BETWEEN @first AND @last',
    )
    .pluck();
  return {
    note(setSeq) {
      const range = rangeOf.get(setSeq);
      if (range === undefined) return; // it changed nothing and was discarded
      for (const table of tablesIn.all(range)) notes.get(table)?.run(range);
    },
  };
}

interface Range {
  readonly set_seq: number;
  readonly first: number;
  readonly last: number;
}

function foreignKeys(sqlite: Sqlite.Database, table: string): readonly ForeignKey[] {
  return sqlite
    .prepare<[string], ForeignKey>('SELECT "from", "table" FROM pragma_foreign_key_list(?)')
    .all(table);
}

/** Null for a table that belongs to nothing. */
function statementFor({ name }: HistoryTable, keys: readonly ForeignKey[]): string | null {
  const own = subjectTables.has(name);
  const values = keys.flatMap(({ from, table }) => subjectsBy(name, from, table, !own));
  if (own) values.push('c.row_id');
  if (values.length === 0) return null;
  const parts = values.map(
    (value) => `SELECT ${value} AS id FROM change c
      WHERE c.seq BETWEEN @first AND @last AND c.table_name = '${name}'`,
  );
  return `INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
    SELECT id, @set_seq FROM (${parts.join(' UNION ')}) WHERE id IS NOT NULL`;
}

/**
 * What a row refers to by one of its columns. A change keeps the whole row of an insert or a delete,
 * but only the changed columns of an update: who owns the row is then asked of the row itself.
 */
function subjectsBy(name: string, column: string, table: string, live: boolean): string[] {
  const kept = [`json_extract(c.before, '$.${column}')`, `json_extract(c.after, '$.${column}')`];
  const now = `CASE WHEN c.operation = 'update' THEN
    (SELECT "${column}" FROM "${name}" WHERE id = c.row_id) END`;
  const ids = live ? [...kept, now] : kept;
  if (subjectTables.has(table)) return ids;
  // What hangs on an interface belongs to its device. An interface that is gone by now went in this
  // same set, as a change of its own that names the device.
  if (table !== 'interface') return [];
  return ids.map((id) => `(SELECT device_id FROM interface WHERE id = ${id})`);
}
