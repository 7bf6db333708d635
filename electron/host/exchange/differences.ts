import type { ShownDifference } from '../../../shared/contract/exchange.ts';
import {
  type FieldValue,
  type Kind,
  type KindName,
  kindOf,
} from '../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import { Names } from './inventory-rows.ts';
import type { Difference, Plan } from './plan.ts';

/** Of one thing; a new device has up to 40 fields. */
const longestValue = 200;

/** Says differences in the words of a person, a page at a time. */
export function createDifferenceWords(plan: Plan): (difference: Difference) => ShownDifference {
  const before = new Names((id) => plan.before.byId.get(id)?.row.values);
  const after = new Names((id) => {
    const now = plan.before.byId.get(id)?.row.values;
    const wanted = plan.wanted.get(id)?.values;
    return wanted === undefined ? now : { ...now, ...wanted };
  });
  const text = (kind: Kind, field: string, value: FieldValue, names: Names): string | null => {
    if (value === null) return null;
    const description = kind.fields[field];
    const said =
      description?.type === 'reference'
        ? names.of(kindOf(description.to), String(value))
        : description && formatTyped(description, value);
    const whole = said ?? String(value);
    return whole.length > longestValue ? `${whole.slice(0, longestValue)}…` : whole;
  };
  return ({ action, kind, id, place, fields, conflict }) => ({
    action,
    kind: kind.name as KindName, // of the list
    id,
    name: (action === 'delete' ? before : after).of(kind, id),
    line: place?.line ?? null,
    conflict,
    fields: fields.map((one) => ({
      field: one.field,
      label: kind.fields[one.field]?.label ?? one.field,
      before: text(kind, one.field, one.before, before),
      after: text(kind, one.field, one.after, after),
      conflict: one.conflict,
    })),
  });
}
