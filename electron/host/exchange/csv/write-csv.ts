import { customFieldKind } from '../../../../shared/model/custom-field-kind.ts';
import type { Field, FieldValue, Kind } from '../../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../../shared/model/kinds/typed.ts';
import type { BareRow } from '../../db/index.ts';
import { joinTags } from '../annotations/tag-list.ts';
import { createNoted } from '../annotations/write-noted.ts';
import type { InventoryRows } from '../inventory-rows.ts';
import { ReferenceWords } from '../reference-words.ts';
import { writeCell } from './cell.ts';
import { customTarget, tagsTarget } from './columns.ts';

/** A table of one kind: each field as a person types it, references by name, its tags and custom fields, the id last. */
export function writeCsv(rows: InventoryRows, kind: Kind): string {
  const words = new ReferenceWords(rows);
  const fields = Object.entries(kind.fields);
  const text = (field: Field, value: FieldValue) => {
    if (value === null) return '';
    return field.type === 'reference'
      ? words.of(field.to, String(value))
      : formatTyped(field, value);
  };
  const noted = createNoted(rows, words);
  const custom = (rows.byKind.get(customFieldKind.name) ?? []).flatMap(({ values }) =>
    values.kind === kind.name ? [String(values.name)] : [],
  );
  const notedCells = (row: BareRow) => {
    const { tags, custom: given } = noted(kind.name, row);
    const byName = new Map(given);
    return [joinTags(tags), ...custom.map((name) => customText(byName.get(name)))];
  };
  const lines = (rows.byKind.get(kind.name) ?? []).map((row) =>
    [
      ...fields.map(([name, field]) => text(field, row.values[name] ?? null)),
      ...notedCells(row),
      row.id,
    ]
      .map((cell) => writeCell(cell))
      .join(','),
  );
  const header = [
    ...fields.map(([, { label }]) => label),
    tagsTarget,
    ...custom.map((name) => customTarget + name),
    'id',
  ].map((cell) => writeCell(cell));
  return [header.join(','), ...lines].map((line) => `${line}\n`).join('');
}

function customText(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === undefined ? '' : String(value);
}
