import { type CustomField, customKey } from '../../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Field, FieldValue, Kind, KindName } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';

/** A kind with tags and the fields that a person gave it among its own. */
export interface WideKind extends Kind {
  /** By the name that such a field has here. */
  readonly customFields?: ReadonlyMap<string, CustomField>;
}

/** Tags are listed and looked for like a field; they are changed by `tag` and `untag`. */
export const tagsColumn = 'tags';

export function withCustomFields(database: Database, kind: Kind): WideKind {
  const own = database.tables.customFields.list(kind.name as KindName); // every kind has a name of the list
  const customFields = new Map(own.map((field) => [customKey(field.id), field]));
  const fields = own.map((field) => [customKey(field.id), asField(field)] as const);
  const tags: Field = { type: 'text', label: 'Tags', most: 50 };
  return {
    ...kind,
    customFields,
    fields: { ...kind.fields, ...Object.fromEntries(fields), [tagsColumn]: tags },
  };
}

/** Enough of a field to be listed, looked for and named; its values are read by parseCustom. */
function asField({ name: label, type, options, target }: CustomField): Field {
  switch (type) {
    case 'boolean':
      return { type, label };
    case 'choice':
      return { type, label, options: options ?? [] };
    case 'reference':
      return { type, label, to: target ?? '' };
    case 'number':
      return { type: 'integer', label, least: -Number.MAX_VALUE, most: Number.MAX_VALUE };
    default:
      return { type: 'text', label, most: 2_000 };
  }
}

/** What is written into the kind's own fields, and what into those that a person gave it. */
export function splitCustom(all: Readonly<Record<string, FieldValue>>) {
  const entries = Object.entries(all);
  if (Object.hasOwn(all, tagsColumn)) {
    throw new RackhelmError('INVALID_INPUT', 'Tags are not set like a field.', {
      hint: 'rackhelm tag puts some on, rackhelm untag takes some away.',
    });
  }
  const isCustom = (name: string) => name.startsWith(customKey(''));
  return {
    values: Object.fromEntries(entries.filter(([name]) => !isCustom(name))),
    custom: entries.flatMap(([name, value]) =>
      isCustom(name) ? [{ field: name.slice(customKey('').length), value }] : [],
    ),
  };
}
