import {
  type CustomField,
  mostCustomFields,
  newCustomField,
} from '../../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { checkFieldName } from '../../annotations/index.ts';
import type { BareRow } from '../../db/index.ts';
import { fileProblem } from '../file-record.ts';
import type { Wanted } from '../wanted.ts';

type Values = BareRow['values'];

/** A definition of a custom field as its row has it. */
export function definitionOf(id: string, values: Values): CustomField {
  const { kind, name, type, options, target, required, help } = values;
  return {
    id,
    kind: kind as KindName, // of a choice among them
    name: String(name),
    type: type as CustomField['type'], // of a choice among them
    options: typeof options === 'string' ? (JSON.parse(options) as string[]) : null, // as it was written
    target: target as KindName | null, // of a choice among them
    required: required === true,
    help: typeof help === 'string' ? help : null,
  };
}

/** Throws FILE_INVALID for a definition that could not be made by hand either. */
export function checkDefinition({ id, values, place }: Wanted, now: Values | undefined): void {
  const all = { ...now, ...values };
  const { id: _id, options, target, ...rest } = definitionOf(id, all);
  const parsed = newCustomField.safeParse({
    ...rest,
    ...(options === null ? {} : { options }),
    ...(target === null ? {} : { target }),
  });
  if (!parsed.success)
    throw fileProblem(place, parsed.error.issues[0]?.message ?? 'this is no field');
  const distinct = new Set(options?.map((option) => option.toLowerCase()));
  if (distinct.size < (options?.length ?? 0)) throw fileProblem(place, 'an option is there twice');
  for (const part of ['kind', 'type', 'target']) {
    if (now === undefined || (now[part] ?? null) === (all[part] ?? null)) continue;
    throw fileProblem(place, `the ${part} of a custom field stays as it is; make another one`);
  }
  try {
    if (now?.name !== all.name) checkFieldName(rest.kind, rest.name);
  } catch (error) {
    throw error instanceof RackhelmError ? fileProblem(place, error.message) : error;
  }
}

/** Definitions by kind, once the file is in. Throws FILE_INVALID where they are too many. */
export function definitionsByKind(
  definitions: Iterable<CustomField>,
): ReadonlyMap<string, readonly CustomField[]> {
  const found = new Map<string, CustomField[]>();
  for (const one of definitions) found.set(one.kind, [...(found.get(one.kind) ?? []), one]);
  for (const [kind, fields] of found) {
    if (fields.length <= mostCustomFields) continue;
    const place = { line: 1, path: 'custom-fields' };
    throw fileProblem(place, `a ${kind} has ${mostCustomFields} custom fields at most`);
  }
  return found;
}
