import type Sqlite from 'better-sqlite3';
import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';
import { annotationTables } from './annotation-triggers.ts';
import { imageColumns } from './history-triggers.ts';
import { partKinds } from './part-kinds.ts';
import { packedSql, unpackedSql } from './row-id.ts';
import { type HistoryTable, historyTables } from './schema.ts';

/** Things that have a history of their own; all else belongs to one of them or to several. */
const subjectTables: ReadonlySet<string> = new Set(
  kinds.flatMap(({ name, table }) => (partKinds.has(name) ? [] : [table])),
);

export interface ChangeSubjects {
  /** Notes what the changes of a set are about; within its transaction, once they are all made. */
  note(setSeq: number): void;
}

interface ForeignKey {
  readonly from: string;
  readonly table: string;
}

interface Range {
  readonly setSeq: number;
  readonly first: number;
  readonly last: number;
}

/** Changes of a set that one statement looks at. */
interface Group {
  readonly layout: number;
  readonly table: string;
  readonly operation: 0 | 1 | 2;
  /** Between these all of them are; what is deleted or added in bulk lies close together. */
  readonly first: number;
  readonly last: number;
}

type Changes = Range & { readonly layout: number };
type Note = Sqlite.Statement<[Changes]>;

/**
 * `@first + 0`: SQLite prepares a statement anew at each binding of a plain `@first` (STAT4).
 *
 * Once for each change set rather than by a trigger for each row, so that 10,000 rows of one table
 * cost one statement. Generated from the foreign keys of the live schema: a table that a later
 * migration brings is followed as soon as it refers to a thing.
 */
export function createChangeSubjects(sqlite: Sqlite.Database): ChangeSubjects {
  const tables = new Map(historyTables(sqlite).map((table) => [table.name, table]));
  const notes = new Map<string, Note | null>();
  const noteOf = ({ table, operation }: Group): Note | null => {
    const key = `${operation} ${table}`;
    const known = notes.get(key);
    if (known !== undefined) return known;
    const described = tables.get(table);
    const sql = described && statementFor(described, foreignKeys(sqlite, table), operation);
    const note = sql === undefined ? null : sqlite.prepare<[Changes]>(sql);
    notes.set(key, note);
    return note;
  };
  const rangeOf = sqlite.prepare<[number], Range>(
    `SELECT seq AS setSeq, first_change AS first, last_change AS last
     FROM change_set WHERE seq = ?`,
  );
  const groupsIn = sqlite.prepare<[Range], Group>(
    `SELECT g.layout, l.table_name AS "table", g.operation, g.first, g.last FROM
       (SELECT layout, operation, min(seq) AS first, max(seq) AS last FROM change
        WHERE seq BETWEEN @first + 0 AND @last + 0 GROUP BY layout, operation) g
     JOIN change_layout l ON l.id = g.layout`,
  );
  const updates = `FROM change c WHERE c.seq BETWEEN @first + 0 AND @last + 0
    AND c.layout = @layout + 0 AND c.operation = 1`;
  const itself = sqlite.prepare<[Changes]>(
    `INSERT OR IGNORE INTO change_subject (subject_id, set_seq) SELECT c.row_id, @setSeq ${updates}`,
  );
  const moves = sqlite.prepare<[Changes]>(
    `SELECT 1 ${updates} AND instr(c.before, '_id":') > 0 LIMIT 1`,
  );
  return {
    note(setSeq) {
      const range = rangeOf.get(setSeq);
      if (range === undefined) return; // it changed nothing and was discarded
      for (const group of groupsIn.all(range)) {
        const { layout, first, last } = group;
        const changes = { setSeq, layout, first, last };
        // Most edits of a thing move it nowhere.
        if (group.operation === 1 && subjectTables.has(group.table)) {
          itself.run(changes);
          if (moves.get(changes) === undefined) continue;
        }
        noteOf(group)?.run(changes);
      }
    },
  };
}

/** Stands for the table that `subject_id` refers to, which may be any. */
const anyTable = 'any';

function foreignKeys(sqlite: Sqlite.Database, table: string): readonly ForeignKey[] {
  const keys = sqlite
    .prepare<[string], ForeignKey>('SELECT "from", "table" FROM pragma_foreign_key_list(?)')
    .all(table);
  return annotationTables.some((each) => each === table)
    ? [...keys, { from: 'subject_id', table: anyTable }]
    : keys;
}

/** What a device owns and has a history of its own, such as an outlet, changes with the device. */
const ownedByDevice: ReadonlySet<string> = new Set(
  (kinds as readonly Kind[]).flatMap(({ table, owner }) => (owner === 'device' ? [table] : [])),
);

/** Undefined for a table that belongs to nothing. */
function statementFor(
  table: HistoryTable,
  keys: readonly ForeignKey[],
  operation: Group['operation'],
): string | undefined {
  const own = subjectTables.has(table.name);
  // An insert keeps no image, and an update only what changed: the row itself tells whose it is. One
  // that is gone by now went in this same set, as a deletion of its own.
  const isLive = (key: ForeignKey) =>
    operation === 0 ||
    (operation === 1 && (!own || (key.table === 'device' && ownedByDevice.has(table.name))));
  const values = keys.flatMap((key) => [
    ...(isLive(key) ? subjectsBy(key, `t."${key.from}"`) : []),
    ...keptValues(table, key.from, operation).flatMap((value) => subjectsBy(key, value)),
  ]);
  if (values.length === 0 && !own) return undefined;
  const change = `FROM change c WHERE c.seq BETWEEN @first + 0 AND @last + 0
    AND c.layout = @layout + 0 AND c.operation = ${operation}`;
  const joined = change.replace(
    'WHERE',
    `JOIN "${table.name}" t ON t.id = ${unpackedSql('c.row_id')} WHERE`,
  );
  const parts = values.map(
    (value) => `SELECT ${packedSql('x.id')} AS id
      FROM (SELECT DISTINCT ${value} AS id ${value.includes('t.') ? joined : change}) x`,
  );
  if (own) parts.push(`SELECT c.row_id AS id ${change}`);
  return `INSERT OR IGNORE INTO change_subject (subject_id, set_seq)
    SELECT id, @setSeq FROM (${parts.join(' UNION ')}) WHERE id IS NOT NULL`;
}

/** What the images of a change have in a column. */
function keptValues(
  table: HistoryTable,
  column: string,
  operation: Group['operation'],
): readonly string[] {
  if (operation === 0) return [];
  if (operation === 2) {
    return [`json_extract(c.before, '$[${imageColumns(table).indexOf(column)}]')`];
  }
  return [`json_extract(c.before, '$.${column}')`, `json_extract(c.after, '$.${column}')`];
}

/** The things that a reference of this kind leads to. */
function subjectsBy({ table }: ForeignKey, id: string): string[] {
  const device = (through: string) => `(SELECT device_id FROM "${through}" WHERE id = ${id})`;
  if (table === anyTable) return [id, device('interface'), device('port')];
  if (subjectTables.has(table)) return [id];
  // What hangs on an interface or a port belongs to its device. One that is gone by now went in this
  // same set, as a change of its own that names the device.
  return table === 'interface' || table === 'port' ? [device(table)] : [];
}
