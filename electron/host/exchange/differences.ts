import type { ShownDifference } from '../../../shared/contract/exchange.ts';
import type { FileKindName } from '../../../shared/model/custom-field-kind.ts';
import { type FieldValue, type Kind, kindOf } from '../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import { notedWords } from './annotations/words.ts';
import { Names } from './inventory-rows.ts';
import type { Difference, Plan } from './plan.ts';

/** Of one thing; there may be thousands of notes, all of which are taken over. */
const mostFields = 300;
const cut = (fields: Difference['fields']) => fields.slice(0, mostFields);

/** Of one thing; a new device has up to 40 fields. */
const longestValue = 200;

/** Says differences in the words of a person, a page at a time. */
export function createDifferenceWords(plan: Plan): (difference: Difference) => ShownDifference {
  const before = new Names((id) => plan.before.byId.get(id)?.row.values);
  const valuesOf = (id: string) => {
    const now = plan.before.byId.get(id)?.row.values;
    const wanted = plan.wanted.get(id)?.values;
    return wanted === undefined ? now : { ...now, ...wanted };
  };
  const after = new Names(valuesOf);
  const text = (kind: Kind, field: string, value: FieldValue, names: Names): string | null => {
    if (value === null) return null;
    const noted = notedWords(field, valuesOf);
    const description = kind.fields[field];
    const said =
      noted?.text(value, names) ??
      (description?.type === 'reference'
        ? names.of(kindOf(description.to), String(value))
        : description && formatTyped(description, value));
    const whole = said ?? String(value);
    return whole.length > longestValue ? `${whole.slice(0, longestValue)}…` : whole;
  };
  return ({ action, kind, id, place, fields, conflict }) => ({
    action,
    kind: kind.name as FileKindName, // of the list
    id,
    name: (action === 'delete' ? before : after).of(kind, id),
    line: place?.line ?? null,
    conflict,
    fields: cut(fields).map((one) => ({
      field: one.field,
      label: notedWords(one.field, valuesOf)?.label ?? kind.fields[one.field]?.label ?? one.field,
      before: text(kind, one.field, one.before, before),
      after: text(kind, one.field, one.after, after),
      conflict: one.conflict,
    })),
  });
}
