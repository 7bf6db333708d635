import type Sqlite from 'better-sqlite3';
import type { Change } from '../../../shared/model/history.ts';
import { type PackedId, packId, unpackId } from './row-id.ts';
import { evidenceTables, type HistoryTable } from './schema.ts';

/** Changes by their `seq`, from first to last. */
export interface ChangeRange {
  readonly firstChange: number;
  readonly lastChange: number;
}

export interface LoggedChange extends Change {
  readonly seq: number;
}

export type Image = Readonly<Record<string, unknown>>;

export interface ReadOptions {
  readonly limit?: number;
  readonly newestFirst?: boolean;
  /** What people declared alone, without evidence. */
  readonly declared?: boolean;
}

/**
 * The one way to read the table `change`. An update keeps the columns that changed, a deletion the
 * whole row. An insert keeps nothing: what it made is the row as it stands, with what later updates
 * wrote taken back, or what the deletion of the row kept. Columns of BLOBs are hexadecimal here.
 */
export interface ChangeLog {
  read(range: ChangeRange, options?: ReadOptions): LoggedChange[];
  /**
   * The same with `after` of an insert left null: enough for whoever walks the changes backwards
   * from the rows as they stand, since taking an insert back needs no image.
   */
  walk(range: ChangeRange, options?: ReadOptions): LoggedChange[];
  /** The whole row as it was right after that change of it; undefined where nothing tells any more. */
  imageAfter(change: ChangeOfRow): Image | undefined;
  /** Whether the row still is what that change made of it, as no later one names it. */
  isUntouched(change: ChangeOfRow): boolean;
  /** Changes of a row that is there or was deleted, newest first, without the one that made it. */
  ofRow(rowId: string, limit: number): LoggedChange[];
}

type ChangeOfRow = Pick<LoggedChange, 'seq' | 'table' | 'rowId'>;

interface StoredChange {
  readonly seq: number;
  readonly table: string;
  readonly columns: string;
  readonly operation: 0 | 1 | 2;
  readonly rowId: PackedId;
  readonly before: string | null;
  readonly after: string | null;
}

const operations = ['insert', 'update', 'delete'] as const;

const selection = `SELECT c.seq, l.table_name AS "table", l.columns, c.operation,
  c.row_id AS rowId, c.before, c.after FROM change c JOIN change_layout l ON l.id = c.layout`;

/** SQL of the layouts of evidence, for a condition on `layout`. */
export const evidenceLayouts = `(SELECT id FROM change_layout WHERE table_name IN (${[
  ...evidenceTables,
]
  .map((name) => `'${name}'`)
  .join(', ')}))`;

export function createChangeLog(
  sqlite: Sqlite.Database,
  tables: readonly HistoryTable[],
): ChangeLog {
  const ranges = rangeStatements(sqlite);
  const columnsOf = layouts();
  const standing = standingRows(sqlite, tables);
  const later = sqlite.prepare<[PackedId, number], StoredChange>(
    `${selection} WHERE c.row_id = ? AND c.operation > 0 AND c.seq > ? ORDER BY c.seq`,
  );
  const anyLater = sqlite.prepare<[PackedId, number]>(
    'SELECT 1 FROM change WHERE row_id = ? AND operation > 0 AND seq > ? LIMIT 1',
  );
  const ofRow = sqlite.prepare<[PackedId, number], StoredChange>(
    `${selection} WHERE c.row_id = ? AND c.operation > 0 ORDER BY c.seq DESC LIMIT ? + 0`,
  );

  const readStored = ({ columns, ...stored }: StoredChange): LoggedChange => ({
    seq: stored.seq,
    table: stored.table,
    rowId: unpackId(stored.rowId),
    operation: operations[stored.operation],
    before: readImage(stored.before, () => columnsOf(columns), stored.rowId),
    after: readImage(stored.after, () => columnsOf(columns), stored.rowId),
  });

  const walk: ChangeLog['walk'] = (range, options = {}) =>
    ranges(options)
      .all(range.firstChange, range.lastChange, options.limit ?? -1)
      .map(readStored);

  const imageAfter: ChangeLog['imageAfter'] = ({ table, rowId, seq }) => {
    const changed: Record<string, unknown> = {};
    for (const change of later.all(packId(rowId), seq).map(readStored)) {
      // The first one that names a column has what stood there.
      const row = { ...change.before, ...changed };
      if (change.operation === 'delete') return row;
      Object.assign(changed, row);
    }
    const now = standing(table, rowId);
    return now && { ...now, ...changed };
  };

  return {
    walk,
    read: (range, options) =>
      walk(range, options).map((change) =>
        change.operation === 'insert' && change.after === null
          ? { ...change, after: imageAfter(change) ?? {} }
          : change,
      ),
    imageAfter,
    isUntouched: ({ rowId, seq }) => anyLater.get(packId(rowId), seq) === undefined,
    ofRow: (rowId, limit) => ofRow.all(packId(rowId), limit).map(readStored),
  };
}

/** One statement for each way of reading; `? + 0`: SQLite prepares anew at each binding of a plain `?` (STAT4). */
function rangeStatements(sqlite: Sqlite.Database) {
  const known = new Map<string, Sqlite.Statement<[number, number, number], StoredChange>>();
  return ({ newestFirst = false, declared = false }: ReadOptions) => {
    const condition = declared ? `AND c.layout NOT IN ${evidenceLayouts}` : '';
    const sql = `${selection} WHERE c.seq BETWEEN ? + 0 AND ? + 0 ${condition}
      ORDER BY c.seq ${newestFirst ? 'DESC' : 'ASC'} LIMIT ? + 0`;
    const statement = known.get(sql) ?? sqlite.prepare<[number, number, number], StoredChange>(sql);
    known.set(sql, statement);
    return statement;
  };
}

/** Column names by the JSON array that a layout keeps. */
function layouts(): (columns: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (columns) => {
    const names = known.get(columns) ?? (JSON.parse(columns) as string[]); // written by migrate.ts
    known.set(columns, names);
    return names;
  };
}

/** An array of the values of a layout's columns, without the id; or an object by column. */
function readImage(
  json: string | null,
  columns: () => readonly string[],
  rowId: PackedId,
): Record<string, unknown> | null {
  if (json === null) return null;
  const image = JSON.parse(json) as unknown[] | Record<string, unknown>; // written by the history triggers
  if (!Array.isArray(image)) return image;
  const row: Record<string, unknown> = { id: unpackId(rowId) };
  for (const [index, name] of columns().entries()) row[name] = image[index];
  return row;
}

/** Rows as they stand, in the form of images. */
function standingRows(sqlite: Sqlite.Database, tables: readonly HistoryTable[]) {
  const statements = new Map<string, Sqlite.Statement<[string], Record<string, unknown>>>();
  const columns = new Map(tables.map((table) => [table.name, table.columns]));
  return (table: string, id: string): Record<string, unknown> | undefined => {
    const known = columns.get(table);
    if (known === undefined) return undefined;
    const statement =
      statements.get(table) ??
      sqlite.prepare<[string], Record<string, unknown>>(
        `SELECT ${known.map(asImage).join(', ')} FROM "${table}" WHERE id = ?`,
      );
    statements.set(table, statement);
    return statement.get(id);
  };
}

function asImage({ name, type }: HistoryTable['columns'][number]): string {
  return type === 'BLOB'
    ? `CASE WHEN "${name}" IS NOT NULL THEN hex("${name}") END AS "${name}"`
    : `"${name}"`;
}
