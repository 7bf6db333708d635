import type Sqlite from 'better-sqlite3';
import type { Image } from './change-log.ts';
import { differs, type PastRow } from './past.ts';
import { packId } from './row-id.ts';
import type { Column, HistoryTable } from './schema.ts';
import { isConstraint, messageOf } from './sqlite-errors.ts';

/** A row that could not be put back as it was, and why. */
export interface RestoreConflict {
  readonly table: string;
  readonly rowId: string;
  readonly reason: string;
}

/** Writes rows as they were, within a change set; what cannot be is left as it is and told. */
export type Restorer = (rows: readonly PastRow[]) => RestoreConflict[];

/**
 * Rows take names, numbers and places from each other: what is refused is tried again once others
 * have made room, as long as that helps. Where several only wait for each other they first let go of
 * what they have.
 */
export function createRestorer(sqlite: Sqlite.Database, tables: readonly HistoryTable[]): Restorer {
  const known = new Map<string, RowWriter>();
  // Compiled where they are needed: most starts of the app restore nothing.
  const writerOf = (name: string): RowWriter | undefined => {
    const table = tables.find((each) => each.name === name);
    const writer = known.get(name) ?? (table && rowWriter(sqlite, table));
    if (writer !== undefined) known.set(name, writer);
    return writer;
  };
  return (rows) => {
    let waiting = inOrder(rows.filter(differs));
    for (;;) {
      const refused = waiting.flatMap((row) => {
        const reason = writerOf(row.table)?.write(row) ?? null;
        return reason === null ? [] : [{ row, reason }];
      });
      if (refused.length === 0) return [];
      if (
        refused.length === waiting.length &&
        !letGo(
          refused.map(({ row }) => row),
          writerOf,
        )
      ) {
        return refused.map(({ row, reason }) => ({ table: row.table, rowId: row.id, reason }));
      }
      waiting = refused.map(({ row }) => row);
    }
  };
}

/** What others refer to comes first, and goes last. */
function inOrder(rows: readonly PastRow[]): readonly PastRow[] {
  const [made, changed, gone]: PastRow[][] = [[], [], []];
  for (const row of rows) {
    if (row.now === null) made?.push(row);
    else if (row.was === null) gone?.push(row);
    else changed?.push(row);
  }
  return [...(made ?? []), ...(changed ?? []), ...(gone ?? [])];
}

interface RowWriter {
  /** Why it was refused, or null. */
  write(row: PastRow): string | null;
  /** Gives what must be unique of it another value for a moment. */
  lift(row: PastRow): boolean;
}

/** In a circle, such as two that exchanged their names, one has to give way first. */
function letGo(
  rows: readonly PastRow[],
  writerOf: (table: string) => RowWriter | undefined,
): boolean {
  return rows.some(
    (row) => row.was !== null && row.now !== null && writerOf(row.table)?.lift(row) === true,
  );
}

function rowWriter(sqlite: Sqlite.Database, { name, columns }: HistoryTable): RowWriter {
  const names = columns.map((column) => column.name);
  const blobs = new Set(columns.flatMap((column) => (column.type === 'BLOB' ? [column.name] : [])));
  const unique = uniqueColumns(sqlite, name).flatMap(
    (each) => columns.find((column) => column.name === each) ?? [],
  );
  const insert = sqlite.prepare<unknown[]>(
    `INSERT INTO "${name}" (${names.map((each) => `"${each}"`).join(', ')})
     VALUES (${names.map(() => '?').join(', ')})`,
  );
  const update = sqlite.prepare<unknown[]>(
    `UPDATE "${name}" SET ${names.map((each) => `"${each}" = ?`).join(', ')} WHERE id = ?`,
  );
  const remove = sqlite.prepare<[string]>(`DELETE FROM "${name}" WHERE id = ?`);
  const exists = sqlite.prepare<[string]>(`SELECT 1 FROM "${name}" WHERE id = ?`);
  const values = (image: Image) =>
    names.map((column) => {
      const value = image[column] ?? null;
      return blobs.has(column) && typeof value === 'string' ? Buffer.from(value, 'hex') : value;
    });
  const attempt = (work: () => void): string | null => {
    try {
      work();
      return null;
    } catch (error) {
      if (isConstraint(error)) return messageOf(error);
      throw error;
    }
  };
  return {
    write: ({ id, was }) =>
      attempt(() => {
        if (was === null) remove.run(id);
        else if (exists.get(id) === undefined) insert.run(...values({ ...was, id }));
        else update.run(...values({ ...was, id }), id);
      }),
    lift: (row) => {
      const changed = unique.filter(({ name: each }) => row.was?.[each] !== row.now?.[each]);
      if (changed.length === 0) return false;
      const set = changed.map((column) => `"${column.name}" = ?`).join(', ');
      const lift = sqlite.prepare<unknown[]>(`UPDATE "${name}" SET ${set} WHERE id = ?`);
      const tried = placesTried.map((place) =>
        attempt(
          () => void lift.run(...changed.map((column) => standIn(column, row, place)), row.id),
        ),
      );
      return tried.includes(null);
    },
  };
}

/** Numbers have no value of their own that is free: a few at the end of the range are tried. */
const placesTried = [4_094, 4_093, 4_092, 4_091];

/** What nothing else has: the row's own id, in the form that the column takes. */
function standIn({ type }: Column, { id }: PastRow, place: number): unknown {
  if (type === 'TEXT') return id;
  return type === 'BLOB' ? packId(id) : place;
}

/** Columns that must be unique, alone or with others, but for keys and what refers to other rows. */
function uniqueColumns(sqlite: Sqlite.Database, table: string): readonly string[] {
  return sqlite
    .prepare<[string, string], string>(
      `SELECT DISTINCT c.name FROM pragma_index_list(?) i, pragma_index_info(i.name) c
       WHERE i."unique" = 1 AND i.origin <> 'pk' AND c.name IS NOT NULL
         AND c.name NOT IN (SELECT "from" FROM pragma_foreign_key_list(?))`,
    )
    .pluck()
    .all(table, table);
}
