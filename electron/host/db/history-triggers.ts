import { packedSql } from './row-id.ts';
import type { Column, HistoryTable } from './schema.ts';

/**
 * Triggers that write history, generated from the live schema so that no table and no column can be
 * forgotten and cascades are caught like any other write. An insert keeps no image, since the row
 * itself is one (change-log.ts); a delete keeps the whole row, an update only the columns that
 * changed. A write outside a change set fails here. `layout`: names the table and its columns.
 */
export function historyTriggers(table: HistoryTable, layout: number): readonly string[] {
  const { name, columns } = table;
  const changed = columns.map((column) => isChanged(column)).join(' OR ');
  const record = (operation: 0 | 1 | 2, before: string, after: string) =>
    recordRow({ layout, operation, before, after });
  return [
    trigger(name, 'insert', '', record(0, 'NULL', 'NULL')),
    trigger(name, 'delete', '', record(2, wholeRow(columns), 'NULL')),
    trigger(
      name,
      'update',
      `WHEN ${changed}`,
      record(1, changedColumns('OLD', columns), changedColumns('NEW', columns)),
    ),
  ];
}

/** The columns of an image of a whole row; its id stands in the change itself. */
export function imageColumns({ columns }: HistoryTable): readonly string[] {
  return columns.map(({ name }) => name).filter((name) => name !== 'id');
}

type Operation = 'insert' | 'update' | 'delete';
type Side = 'OLD' | 'NEW';

function trigger(table: string, operation: Operation, when: string, body: string): string {
  return `CREATE TRIGGER history_${table}_${operation}
AFTER ${operation.toUpperCase()} ON "${table}" ${when}
BEGIN
${body}
END`;
}

interface Recorded {
  readonly layout: number;
  readonly operation: 0 | 1 | 2;
  readonly before: string;
  readonly after: string;
}

function recordRow({ layout, operation, before, after }: Recorded): string {
  const id = `${operation === 0 ? 'NEW' : 'OLD'}.id`;
  return `  INSERT INTO change (set_seq, layout, operation, row_id, before, after) VALUES (
    coalesce(
      (SELECT set_seq FROM current_change_set),
      RAISE(ABORT, 'a write to the inventory outside a change set')
    ),
    ${layout}, ${operation}, ${packedSql(id)},
    ${before},
    ${after}
  );`;
}

function wholeRow(columns: readonly Column[]): string {
  const values = columns
    .filter(({ name }) => name !== 'id')
    .map((column) => jsonValue('OLD', column));
  return `json_array(${values.join(', ')})`;
}

/** `{"a":1,"b":2}` of the changed columns; substr takes the comma before the first one away. */
function changedColumns(side: Side, columns: readonly Column[]): string {
  const members = columns.map(
    (column) => `CASE WHEN ${isChanged(column)} THEN ${member(side, column)} END`,
  );
  return `'{' || substr(concat(${members.join(', ')}), 2) || '}'`;
}

function member(side: Side, column: Column): string {
  return `',"${column.name}":' || json_quote(${jsonValue(side, column)})`;
}

/** JSON holds no BLOBs. */
function jsonValue(side: Side, column: Column): string {
  const value = `${side}."${column.name}"`;
  return column.type === 'BLOB' ? `CASE WHEN ${value} IS NOT NULL THEN hex(${value}) END` : value;
}

/** BINARY, because a NOCASE column would hide a change of case. */
function isChanged(column: Column): string {
  return `OLD."${column.name}" IS NOT NEW."${column.name}" COLLATE BINARY`;
}
