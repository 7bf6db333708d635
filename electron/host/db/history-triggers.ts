import type { Column, HistoryTable } from './schema.ts';

/**
 * Triggers that write history, generated from the live schema so that no table and no column can be
 * forgotten and cascades are caught like any other write. An insert or a delete keeps the whole row;
 * an update keeps only the columns that changed. A write outside a change set fails here.
 */
export function historyTriggers(table: HistoryTable): readonly string[] {
  const { name, columns } = table;
  const changed = columns.map((column) => isChanged(column)).join(' OR ');
  return [
    trigger(name, 'insert', '', recordRow(name, 'insert', 'NULL', wholeRow('NEW', columns))),
    trigger(name, 'delete', '', recordRow(name, 'delete', wholeRow('OLD', columns), 'NULL')),
    trigger(
      name,
      'update',
      `WHEN ${changed}`,
      recordRow(name, 'update', changedColumns('OLD', columns), changedColumns('NEW', columns)),
    ),
  ];
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

function recordRow(table: string, operation: Operation, before: string, after: string): string {
  const row = operation === 'insert' ? 'NEW' : 'OLD';
  return `  INSERT INTO change (set_seq, table_name, row_id, operation, before, after) VALUES (
    coalesce(
      (SELECT set_seq FROM current_change_set),
      RAISE(ABORT, 'a write to the inventory outside a change set')
    ),
    '${table}', ${row}.id, '${operation}',
    ${before},
    ${after}
  );`;
}

function wholeRow(side: Side, columns: readonly Column[]): string {
  const members = columns.map((column, index) => member(side, column, index === 0 ? '' : ','));
  return `'{' || ${members.join(' || ')} || '}'`;
}

/** `{"a":1,"b":2}` of the changed columns; substr takes the comma before the first one away. */
function changedColumns(side: Side, columns: readonly Column[]): string {
  const members = columns.map(
    (column) => `CASE WHEN ${isChanged(column)} THEN ${member(side, column, ',')} ELSE '' END`,
  );
  return `'{' || substr(${members.join(' || ')}, 2) || '}'`;
}

function member(side: Side, column: Column, comma: string): string {
  return `'${comma}"${column.name}":' || ${jsonValue(`${side}."${column.name}"`, column)}`;
}

function jsonValue(expression: string, column: Column): string {
  return column.type === 'BLOB'
    ? `CASE WHEN ${expression} IS NULL THEN 'null' ELSE '"' || hex(${expression}) || '"' END`
    : `json_quote(${expression})`;
}

/** BINARY, because a NOCASE column would hide a change of case. */
function isChanged(column: Column): string {
  return `OLD."${column.name}" IS NOT NEW."${column.name}" COLLATE BINARY`;
}
