import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { StandingChange } from '../../../shared/model/history.ts';
import { type Column, evidenceTables, type HistoryTable } from './schema.ts';
import { isConstraint, messageOf } from './sqlite-errors.ts';
import { createFindStanding, standingText } from './standing.ts';

/** The changes of one set: `seq` from first to last. */
export interface ChangeRange {
  readonly firstChange: number;
  readonly lastChange: number;
}

export interface InverseRequest {
  /** Title of the change set that is moved, for the message. */
  readonly title: string;
  readonly verb: 'undo' | 'redo' | 'revert';
  /** The changes to be inverted. */
  readonly applied: ChangeRange;
  /** The set that the inversion itself is recorded under. */
  readonly setSeq: number;
}

export interface InverseApplier {
  /** Inside the caller's transaction; throws UNDO_CONFLICT, then nothing of it may be kept. */
  apply(request: InverseRequest): void;
}

export interface ConflictingRow {
  readonly table: string;
  readonly rowId: string;
  readonly reason: string;
}

type Values = Readonly<Record<string, unknown>>;

interface ChangeRow {
  readonly table: string;
  readonly rowId: string;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly before: string | null;
  readonly after: string | null;
}

/** As many as a person would read. */
const conflictsShown = 50;

/**
 * Applies the inverse of a change set, last change first. Each statement also compares the row with
 * the state that the change left behind, so that checking and writing are one step.
 */
export function createInverseApplier(
  sqlite: Sqlite.Database,
  tables: readonly HistoryTable[],
): InverseApplier {
  const byName = new Map(tables.map((table) => [table.name, rowWriter(sqlite, table)]));
  const changesOf = sqlite.prepare<[number, number], ChangeRow>(
    `SELECT table_name AS "table", row_id AS rowId, operation, before, after
     FROM change WHERE seq BETWEEN ? AND ? ORDER BY seq DESC`,
  );
  const strays = strayQuery(sqlite);
  const findStanding = createFindStanding(sqlite);

  return {
    apply(request) {
      const conflicts: ConflictingRow[] = [];
      const { firstChange, lastChange } = request.applied;
      // All at once: better-sqlite3 allows no other statement while one iterates.
      const changes = changesOf.all(firstChange, lastChange);
      const removed = removedDevices(changes);
      for (const change of changes) {
        const isEvidence = evidenceTables.has(change.table);
        if (isEvidence && !wentWithDevice(change, removed)) continue;
        const reason = byName.get(change.table)?.(change) ?? undefined;
        if (reason === undefined || isEvidence) continue;
        conflicts.push({ table: change.table, rowId: change.rowId, reason });
        if (conflicts.length >= conflictsShown) break;
      }
      if (conflicts.length === 0) {
        conflicts.push(...strays.all(request.setSeq, firstChange, lastChange));
      }
      if (conflicts.length === 0) return;
      const rowIds = conflicts.map(({ rowId }) => rowId);
      const { setSeq } = request;
      throw conflictError(request, conflicts, findStanding({ after: lastChange, setSeq, rowIds }));
    },
  };
}

function removedDevices(changes: readonly ChangeRow[]): ReadonlySet<unknown> {
  const removed = changes.filter((one) => one.table === 'device' && one.operation === 'delete');
  return new Set(removed.map(({ rowId }) => rowId));
}

/** Evidence is inverted only where it was lost together with its device, which now comes back. */
function wentWithDevice(change: ChangeRow, removed: ReadonlySet<unknown>): boolean {
  if (removed.size === 0 || change.operation !== 'delete' || change.before === null) return false;
  const { device_id } = JSON.parse(change.before) as Values; // written by the history triggers
  return removed.has(device_id);
}

/**
 * Rows that a cascade of the inversion took although the change set had not made them, such as a
 * note that was written later on a device whose creation is undone.
 */
function strayQuery(sqlite: Sqlite.Database) {
  const evidence = [...evidenceTables].map((name) => `'${name}'`).join(', ');
  return sqlite.prepare<[number, number, number], ConflictingRow>(
    `SELECT table_name AS "table", row_id AS rowId, 'changed later' AS reason FROM (
       SELECT table_name, row_id FROM change
       WHERE seq >= (SELECT first_change FROM change_set WHERE seq = ?)
         AND table_name NOT IN (${evidence})
       EXCEPT SELECT table_name, row_id FROM change WHERE seq BETWEEN ? AND ?
     ) LIMIT ${conflictsShown}`,
  );
}

function conflictError(
  { verb, title }: InverseRequest,
  rows: readonly ConflictingRow[],
  standing: readonly StandingChange[],
): RackhelmError {
  return new RackhelmError(
    'UNDO_CONFLICT',
    `Cannot ${verb} “${title}”: ${standingText(standing)}.`,
    {
      ...(verb === 'revert' && { hint: 'Revert that first, or change it by hand.' }),
      data: { rows, standing },
    },
  );
}

/** Returns why the row could not be put back, or undefined when it was. */
type RowWriter = (change: ChangeRow) => string | undefined;

function rowWriter(sqlite: Sqlite.Database, table: HistoryTable): RowWriter {
  const statements = new Map<string, Sqlite.Statement<unknown[]>>();
  const prepared = (sql: string) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = sqlite.prepare<unknown[]>(sql);
    statements.set(sql, statement);
    return statement;
  };
  const types = new Map(table.columns.map((column) => [column.name, column]));
  return (change) => {
    const { sql, values } = inverseStatement(table.name, change, types);
    try {
      return prepared(sql).run(...values).changes === 1 ? undefined : 'changed later';
    } catch (error) {
      if (isConstraint(error)) return messageOf(error);
      throw error;
    }
  };
}

function inverseStatement(
  table: string,
  change: ChangeRow,
  types: ReadonlyMap<string, Column>,
): { sql: string; values: unknown[] } {
  const before = readRow(change.before, types);
  const after = readRow(change.after, types);
  const expected = [...after.keys()].map((name) => `"${name}" IS ? COLLATE BINARY`).join(' AND ');
  switch (change.operation) {
    case 'insert':
      return {
        sql: `DELETE FROM "${table}" WHERE id = ? AND ${expected}`,
        values: [change.rowId, ...after.values()],
      };
    case 'update': {
      const set = [...before.keys()].map((name) => `"${name}" = ?`).join(', ');
      return {
        sql: `UPDATE "${table}" SET ${set} WHERE id = ? AND ${expected}`,
        values: [...before.values(), change.rowId, ...after.values()],
      };
    }
    case 'delete': {
      const names = [...before.keys()].map((name) => `"${name}"`).join(', ');
      const marks = [...before.keys()].map(() => '?').join(', ');
      return {
        sql: `INSERT INTO "${table}" (${names}) VALUES (${marks})`,
        values: [...before.values()],
      };
    }
  }
}

/** Columns that the table no longer has are left out: their values went with the migration. */
function readRow(
  json: string | null,
  types: ReadonlyMap<string, Column>,
): ReadonlyMap<string, unknown> {
  if (json === null) return new Map();
  const row = JSON.parse(json) as Values; // written by the history triggers, always an object
  return new Map(
    Object.entries(row)
      .filter(([name]) => types.has(name))
      .map(([name, value]) => [
        name,
        types.get(name)?.type === 'BLOB' && typeof value === 'string'
          ? Buffer.from(value, 'hex')
          : value,
      ]),
  );
}
