import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import type { ListedKind } from '../../../app/routes.ts';

/** What a spreadsheet would take for a formula is text here, and stays it there. */
const formula = /^[=+\-@\t\r]/;

function cell(text: string): string {
  const safe = formula.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A name that a column of that kind has, or none: what the row is called. */
function textOf(row: InventoryRecord, kind: ListedKind, name: string): string {
  const field = kindOf(kind).fields[name];
  if (field === undefined) return row.name;
  if (field.type === 'reference') return row.names[name] ?? '';
  return formatTyped(field, row.values[name] ?? null);
}

/** Rows as CSV with a line of headers: values as they are typed, references by their names. */
export function recordsCsv(
  kind: ListedKind,
  columns: readonly string[],
  rows: readonly InventoryRecord[],
): string {
  const { fields } = kindOf(kind);
  const head = columns.map((name) => cell(fields[name]?.label ?? 'Name'));
  const lines = rows.map((row) => columns.map((name) => cell(textOf(row, kind, name))));
  return [head, ...lines].map((line) => line.join(',')).join('\r\n');
}
