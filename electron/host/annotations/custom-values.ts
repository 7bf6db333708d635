import { type CustomField, checkCustom } from '../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type FieldValue, type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { inSentence, subjectName } from './subjects.ts';

/** Values of custom fields, by the ids of these. */
export type CustomValues = readonly { readonly field: string; readonly value: FieldValue }[];

/** Values that were found to be in order, ready to be written within a change set. */
export interface CheckedValues {
  /** Names of the fields, for a title. */
  readonly names: readonly string[];
  write(id: string): void;
}

/** Throws NOT_FOUND for a field or a thing that is not there, INVALID_INPUT for what does not fit. */
export function checkedValues(db: Database, kind: KindName, values: CustomValues): CheckedValues {
  const { customFields } = db.tables;
  const fields = values.map(({ field: id, value }) => {
    const field = customFields.get(id);
    if (field === undefined) throw noField(id);
    checkValue(db, kind, { field, value });
    return { field, value };
  });
  return {
    names: fields.map(({ field }) => field.name),
    write(id) {
      for (const { field, value } of fields) customFields.setValue({ kind, id }, field, value);
    },
  };
}

export function noField(id: string): RackhelmError {
  return new RackhelmError('NOT_FOUND', 'This custom field does not exist.', { data: { id } });
}

function checkValue(
  db: Database,
  kind: KindName,
  { field, value }: { readonly field: CustomField; readonly value: FieldValue },
): void {
  const plural = inSentence(kindOf(kind).plural);
  if (field.kind !== kind) throw invalid(field.id, `${field.name} is no field of ${plural}.`);
  if (value === null && field.required) throw invalid(field.id, `${field.name} is required.`);
  const checked = checkCustom(field, value);
  if ('problem' in checked) {
    throw invalid(field.id, `${field.name}: ${String(value)} is not understood.`, checked.problem);
  }
  if (field.target !== null && typeof value === 'string') {
    subjectName(db, { kind: field.target, id: value });
  }
}

/** `field` is the id of a custom field, or which part of its description is at fault. */
export function invalid(field: string, message: string, hint?: string): RackhelmError {
  return new RackhelmError('INVALID_INPUT', message, {
    data: { field },
    ...(hint === undefined ? {} : { hint }),
  });
}
