import type { Field, FieldValue, Kind } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import type { InventoryRows } from '../inventory-rows.ts';
import { ReferenceWords } from '../reference-words.ts';
import { writeCell } from './cell.ts';

/** A table of one kind: each field as a person types it, references by name, the id last. */
export function writeCsv(rows: InventoryRows, kind: Kind): string {
  const words = new ReferenceWords(rows);
  const fields = Object.entries(kind.fields);
  const text = (field: Field, value: FieldValue) => {
    if (value === null) return '';
    return field.type === 'reference'
      ? words.of(field.to, String(value))
      : formatTyped(field, value);
  };
  const lines = (rows.byKind.get(kind.name) ?? []).map(({ id, values }) =>
    [...fields.map(([name, field]) => text(field, values[name] ?? null)), id]
      .map((cell) => writeCell(cell))
      .join(','),
  );
  const header = [...fields.map(([, { label }]) => label), 'id'].map((cell) => writeCell(cell));
  return [header.join(','), ...lines].map((line) => `${line}\n`).join('');
}
