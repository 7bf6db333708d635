import type { InventoryRecord, RecordDependents } from '../../../../shared/contract/records.ts';
import { type Kind, kindOf } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import { formatTable } from '../terminal/text-table.ts';
import { tagsColumn } from './custom-columns.ts';

/** Columns that a table shows where nobody chose them. */
const mostColumns = 7;

export function valueText(kind: Kind, record: InventoryRecord, name: string): string {
  const field = kind.fields[name];
  if (field === undefined) return '';
  if (name === tagsColumn) return record.tags.join(', ');
  if (field.type === 'reference') return record.names[name] ?? '';
  return formatTyped(field, record.values[name] ?? null);
}

/** The chosen columns, or the name and the first fields that any of the rows has. */
export function recordTable(
  kind: Kind,
  rows: readonly InventoryRecord[],
  chosen: readonly string[] | null,
): string {
  const filled = Object.entries(kind.fields).flatMap(([name, { type }]) =>
    type !== 'long-text' &&
    !kind.key.includes(name) &&
    rows.some((row) => row.values[name] !== null && row.values[name] !== undefined)
      ? [name]
      : [],
  );
  const fields = chosen ?? filled.slice(0, mostColumns);
  const header = [
    'NAME',
    ...fields.map((name) => (kind.fields[name]?.label ?? name).toUpperCase()),
  ];
  const lines = rows.map((row) => [
    row.name,
    ...fields.map((name) => valueText(kind, row, name).replaceAll(/\s+/g, ' ') || '-'),
  ]);
  return formatTable([header, ...lines]);
}

/** Everything that is declared of one, and what hangs on it. */
export function recordText(
  kind: Kind,
  record: InventoryRecord,
  dependents: readonly RecordDependents[],
): string {
  const lines = Object.entries(kind.fields).flatMap(([name, { label }]) => {
    const text = valueText(kind, record, name);
    return text === '' ? [] : [[label, text.replaceAll('\n', ' ')]];
  });
  const hanging = dependents.map((one) => [kindOf(one.kind).plural, namesText(one)]);
  return formatTable([[kind.label, record.name], ['Id', record.id], ...lines, ...hanging]);
}

/** `pi-1 eth0, pi-1 eth1 and 3 more`. */
export function namesText({ names, count }: RecordDependents): string {
  const more = count > names.length ? ` and ${count - names.length} more` : '';
  return `${names.join(', ')}${more}`;
}

/** What a deletion takes along and what merely loses a reference; empty when nothing hangs on it. */
export function consequencesText(dependents: readonly RecordDependents[]): string {
  return dependents
    .map((one) => {
      const { label, plural } = kindOf(one.kind);
      const what = `${one.count} ${one.count === 1 ? label : plural} (${namesText(one)})`;
      return one.goes ? `  ${what}: deleted too\n` : `  ${what}: kept, no longer refers to it\n`;
    })
    .join('');
}
