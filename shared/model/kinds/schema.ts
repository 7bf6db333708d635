import { z } from 'zod';
import { id } from '../inventory.ts';
import type { Field, FieldValue } from './field.ts';
import type { Kind } from './kind.ts';
import { canonicalNetwork } from './typed.ts';

/** Values by field name; a field that is left out is not declared, or stays as it is. */
export type Values = Readonly<Record<string, FieldValue>>;

/** Longer than any address, range or prefix can be written. */
const longestNetwork = 200;

function schemaOf(field: Field): z.ZodType<FieldValue> {
  switch (field.type) {
    case 'text':
    case 'url':
    case 'colour':
      return z.string().trim().min(1).max(field.most);
    case 'long-text':
      return z.string().min(1).max(field.most);
    case 'boolean':
      return z.boolean();
    case 'choice':
      return z.enum(field.options as [string, ...string[]]); // no field has an empty list
    case 'reference':
      return id;
    case 'address':
    case 'host-address':
    case 'prefix':
    case 'range':
    case 'mac':
      return z
        .string()
        .max(longestNetwork)
        .transform((typed, context) => {
          const canonical = canonicalNetwork(field.type, typed);
          if (canonical !== undefined) return canonical;
          context.addIssue({ code: 'custom', message: `“${typed}” is no such address` });
          return z.NEVER;
        });
    default:
      return z
        .number()
        .min(field.least)
        .max(field.most)
        .multipleOf(field.step ?? 1);
  }
}

/** Everything that a new row needs; what is left out is not declared. */
export function newValues(kind: Kind): z.ZodType<Values> {
  const entries = Object.entries(kind.fields).map(([name, field]) => {
    const value = writable(field);
    if (field.required !== true) return [name, value.exactOptional()];
    return [name, field.standard === undefined ? value : value.default(field.standard)];
  });
  return z.strictObject(Object.fromEntries(entries)) as z.ZodType<Values>; // each member is a FieldValue
}

/** Only what is to change; a required field cannot be emptied. */
export function changedValues(kind: Kind): z.ZodType<Values> {
  const entries = Object.entries(kind.fields).map(([name, field]) => [
    name,
    writable(field).exactOptional(),
  ]);
  return z.strictObject(Object.fromEntries(entries)) as z.ZodType<Values>; // each member is a FieldValue
}

function writable(field: Field): z.ZodType<FieldValue> {
  return field.required === true ? schemaOf(field) : schemaOf(field).nullable();
}
