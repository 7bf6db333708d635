import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { StandingChange } from '../../../shared/model/history.ts';
import {
  type ChangeLog,
  type ChangeRange,
  evidenceLayouts,
  type Image,
  type LoggedChange,
} from './change-log.ts';
import { createInverseTags } from './inverse-tags.ts';
import { type PackedId, unpackId } from './row-id.ts';
import { type Column, evidenceTables, type HistoryTable } from './schema.ts';
import { isConstraint, messageOf } from './sqlite-errors.ts';
import { createFindStanding, standingText } from './standing.ts';

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

/** As many as a person would read. */
const conflictsShown = 50;

/**
 * Applies the inverse of a change set, last change first. Each statement also compares the row with
 * the state that the change left behind, so that checking and writing are one step.
 */
export function createInverseApplier(
  sqlite: Sqlite.Database,
  { tables, log }: { readonly tables: readonly HistoryTable[]; readonly log: ChangeLog },
): InverseApplier {
  const byName = new Map(tables.map((table) => [table.name, rowWriter(sqlite, log, table)]));
  const strays = strayQuery(sqlite);
  const findStanding = createFindStanding(sqlite);
  const tagsOf = createInverseTags(sqlite);

  return {
    apply(request) {
      // Undo and redo go through all that came later first, and come out exactly where it was.
      const tags = request.verb === 'revert' ? tagsOf() : null;
      const conflicts: ConflictingRow[] = [];
      // All at once: better-sqlite3 allows no other statement while one iterates.
      const changes = log.walk(request.applied, { newestFirst: true });
      const removed = removedDevices(changes);
      for (const change of changes) {
        const isEvidence = evidenceTables.has(change.table);
        if (isEvidence && !wentWithDevice(change, removed)) continue;
        if (tags?.takes(change) === false) continue;
        const reason = byName.get(change.table)?.(change) ?? undefined;
        if (reason === undefined || isEvidence) continue;
        conflicts.push({ table: change.table, rowId: change.rowId, reason });
        if (conflicts.length >= conflictsShown) break;
      }
      if (conflicts.length === 0) {
        conflicts.push(...strays(request.setSeq, request.applied));
      }
      if (conflicts.length === 0) return tags?.settle();
      const rowIds = conflicts.map(({ rowId }) => rowId);
      const { setSeq, applied } = request;
      throw conflictError(
        request,
        conflicts,
        findStanding({ after: applied.lastChange, setSeq, rowIds }),
      );
    },
  };
}

function removedDevices(changes: readonly LoggedChange[]): ReadonlySet<unknown> {
  const removed = changes.filter((one) => one.table === 'device' && one.operation === 'delete');
  return new Set(removed.map(({ rowId }) => rowId));
}

/** Evidence is inverted only where it was lost together with its device, which now comes back. */
function wentWithDevice(change: LoggedChange, removed: ReadonlySet<unknown>): boolean {
  if (removed.size === 0 || change.operation !== 'delete') return false;
  return removed.has(change.before?.device_id);
}

/**
 * Rows that a cascade of the inversion took although the change set had not made them, such as a
 * note that was written later on a device whose creation is undone.
 */
function strayQuery(sqlite: Sqlite.Database) {
  const find = sqlite.prepare<
    [number, number, number],
    { readonly table: string; readonly rowId: PackedId }
  >(
    `SELECT DISTINCT l.table_name AS "table", c.row_id AS rowId
     FROM change c JOIN change_layout l ON l.id = c.layout
     WHERE c.seq >= (SELECT first_change FROM change_set WHERE seq = ?)
       AND c.layout NOT IN ${evidenceLayouts}
       AND c.row_id NOT IN (SELECT row_id FROM change WHERE seq BETWEEN ? AND ?)
     LIMIT ${conflictsShown}`,
  );
  return (setSeq: number, { firstChange, lastChange }: ChangeRange): ConflictingRow[] =>
    find.all(setSeq, firstChange, lastChange).map(({ table, rowId }) => ({
      table,
      rowId: unpackId(rowId),
      reason: 'changed later',
    }));
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
type RowWriter = (change: LoggedChange) => string | undefined;

function rowWriter(sqlite: Sqlite.Database, log: ChangeLog, table: HistoryTable): RowWriter {
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
    const { sql, values } = inverseStatement(change, types, log);
    try {
      return prepared(sql).run(...values).changes === 1 ? undefined : 'changed later';
    } catch (error) {
      if (isConstraint(error)) return messageOf(error);
      throw error;
    }
  };
}

interface InverseStatement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

function inverseStatement(
  change: LoggedChange,
  types: ReadonlyMap<string, Column>,
  log: ChangeLog,
): InverseStatement {
  const { table, rowId, operation } = change;
  const before = storedValues(change.before, types);
  switch (operation) {
    case 'insert': {
      const { condition, values } = expected(rowId, leftBehind(change, log), types);
      return { sql: `DELETE FROM "${table}" WHERE ${condition}`, values };
    }
    case 'update': {
      const set = [...before.keys()].map((name) => `"${name}" = ?`).join(', ');
      const { condition, values } = expected(rowId, change.after, types);
      return {
        sql: `UPDATE "${table}" SET ${set} WHERE ${condition}`,
        values: [...before.values(), ...values],
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

/** What an insert left of the row that may have been changed since; null: it was not. */
function leftBehind(change: LoggedChange, log: ChangeLog): Image | null {
  if (change.after !== null) return change.after;
  return log.isUntouched(change) ? null : (log.imageAfter(change) ?? null);
}

function expected(rowId: string, image: Image | null, types: ReadonlyMap<string, Column>) {
  const columns = storedValues(image, types);
  const conditions = [...columns.keys()].map((name) => `"${name}" IS ? COLLATE BINARY`);
  return {
    condition: ['id = ?', ...conditions].join(' AND '),
    values: [rowId, ...columns.values()],
  };
}

/** Columns that the table no longer has are left out: their values went with the migration. */
function storedValues(
  image: Image | null,
  types: ReadonlyMap<string, Column>,
): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(image ?? {})
      .filter(([name]) => types.has(name))
      .map(([name, value]) => [
        name,
        types.get(name)?.type === 'BLOB' && typeof value === 'string'
          ? Buffer.from(value, 'hex')
          : value,
      ]),
  );
}
