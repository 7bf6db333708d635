import type { FieldValue } from '../../../../shared/model/kinds/index.ts';
import type { AnnotationRow, BareRow, Database, RowBefore } from '../../db/index.ts';
import { keyAndValue } from './keys.ts';

/** What is noted of all things at one moment. */
export interface StoredAnnotations {
  readonly rows: readonly AnnotationRow[];
  readonly byId: ReadonlyMap<string, AnnotationRow>;
  readonly tagNames: ReadonlyMap<string, string>;
}

type Values = BareRow['values'];

export function readAnnotations(db: Database): StoredAnnotations {
  const { exchangeAnnotations } = db.tables;
  const rows = exchangeAnnotations.all();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { rows, byId, tagNames: exchangeAnnotations.tagNames() };
}

/** By thing, the values under the keys of keys.ts. */
export function valuesBySubject({ rows, tagNames }: StoredAnnotations): Map<string, Values> {
  const found = new Map<string, Record<string, FieldValue>>();
  for (const row of rows) put(found, row.subject_id, keyAndValue(row, tagNames));
  return found;
}

/** What of that stood otherwise before these changes, by thing; null: it was not there. */
export function valuesBeforeChanges(
  { rows, byId, tagNames }: StoredAnnotations,
  changes: ReadonlyMap<string, RowBefore>,
): ReadonlyMap<string, Values> {
  const found = new Map<string, Record<string, FieldValue>>();
  if (changes.size === 0) return found;
  const names = new Map(tagNames);
  for (const [id, columns] of changes) {
    if (columns !== null && !names.has(id) && typeof columns.name === 'string') {
      names.set(id, columns.name);
    }
  }
  for (const row of rows) {
    const changed = changes.get(row.id);
    if (changed === undefined) continue;
    put(found, row.subject_id, [keyAndValue(row, names)[0], null]);
    if (changed === null) continue;
    const was = { ...row, ...changed };
    put(found, was.subject_id, keyAndValue(was, names));
  }
  for (const [id, columns] of changes) {
    if (columns === null || byId.has(id) || typeof columns.subject_id !== 'string') continue;
    const was = { ...columns, id, subject_id: columns.subject_id };
    put(found, was.subject_id, keyAndValue(was, names));
  }
  return found;
}

function put(
  found: Map<string, Record<string, FieldValue>>,
  subjectId: string,
  [key, value]: readonly [string, FieldValue],
): void {
  const known = found.get(subjectId);
  if (known === undefined) found.set(subjectId, { [key]: value });
  else known[key] = value;
}
