import type { InventoryRecord } from '../../../shared/contract/records.ts';
import { customKey } from '../../../shared/model/custom-fields.ts';
import type { Database } from '../db/index.ts';

type Row = ReturnType<Database['tables']['records']['list']>['rows'][number];

export const plain = (row: Row): InventoryRecord => ({
  ...row,
  values: { ...row.values },
  names: { ...row.names },
  tags: [],
});

/** The rows with their tags, and with the values of custom fields among their own. */
export function withAnnotations(db: Database, rows: readonly Row[]): InventoryRecord[] {
  const ids = rows.map(({ id }) => id);
  const tags = db.tables.tags.of(ids);
  const values = db.tables.customFields.valuesOf(ids);
  return rows.map((row) => {
    const record = { ...plain(row), tags: [...(tags.get(row.id) ?? [])] };
    for (const { fieldId, value, name } of values.get(row.id) ?? []) {
      record.values[customKey(fieldId)] = value;
      if (name !== null) record.names[customKey(fieldId)] = name;
    }
    return record;
  });
}

/** Whether a list may be narrowed or sorted by it though the kind has no such field. */
export const isNoted = (field: string) => field === 'tags' || /^custom:[0-9a-f-]{36}$/.test(field);
