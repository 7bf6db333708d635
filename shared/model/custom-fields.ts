import { z } from 'zod';
import { id } from './inventory.ts';
import { type FieldValue, kindNames } from './kinds/index.ts';
import { givenName } from './name.ts';

export const customTypes = [
  'text',
  'number',
  'boolean',
  'choice',
  'date',
  'url',
  'reference',
] as const;
export type CustomType = (typeof customTypes)[number];

/** Fields of one kind. */
export const mostCustomFields = 100;
const mostOptions = 100;
const longestText = 2_000;

/** What can be changed of a field later. Its type stays: values of another type would be lost. */
export const customFieldChange = z.strictObject({
  name: givenName.max(60).exactOptional(),
  /** Of a choice. */
  options: z.array(z.string().trim().min(1).max(100)).min(1).max(mostOptions).exactOptional(),
  required: z.boolean().exactOptional(),
  help: z.string().trim().max(500).nullable().exactOptional(),
});
export type CustomFieldChange = z.infer<typeof customFieldChange>;

export const newCustomField = z
  .strictObject({
    kind: z.enum(kindNames),
    name: givenName.max(60),
    type: z.enum(customTypes),
    options: customFieldChange.shape.options,
    /** The kind that a reference refers to. */
    target: z.enum(kindNames).exactOptional(),
    required: z.boolean().default(false),
    help: z.string().trim().max(500).nullable().default(null),
  })
  .refine(({ type, options }) => (options !== undefined) === (type === 'choice'), {
    path: ['options'],
    error: 'A choice needs its options, and nothing else has any',
  })
  .refine(({ type, target }) => (target !== undefined) === (type === 'reference'), {
    path: ['target'],
    error: 'A reference needs the kind that it refers to',
  });
export type NewCustomField = z.infer<typeof newCustomField>;

/** A field that a person gave a kind of thing. */
export const customField = z.object({
  id,
  kind: z.enum(kindNames),
  name: z.string(),
  type: z.enum(customTypes),
  /** Of a choice, else null. */
  options: z.array(z.string()).nullable(),
  /** Of a reference, else null. */
  target: z.enum(kindNames).nullable(),
  required: z.boolean(),
  help: z.string().nullable(),
});
export type CustomField = z.infer<typeof customField>;

/** A value as the contract carries it; null: not declared. */
export const customValue = z.union([
  z.string().max(longestText),
  z.number(),
  z.boolean(),
  z.null(),
]);

/** A value understood, or the sentence that says what would be. */
export type CustomTyped = { readonly value: FieldValue } | { readonly problem: string };

/** Reads what a person types. A reference is typed as a name, which only the inventory can read. */
export function parseCustom(field: CustomField, typed: string): CustomTyped {
  const text = typed.trim();
  if (text === '') return { value: null };
  switch (field.type) {
    case 'number': {
      const number = Number(text.replace(',', '.'));
      return checkCustom(field, Number.isFinite(number) ? number : text);
    }
    case 'boolean':
      if (/^(yes|y|true|on|1)$/i.test(text)) return { value: true };
      return /^(no|n|false|off|0)$/i.test(text) ? { value: false } : { problem: 'Say yes or no.' };
    case 'choice': {
      const found = field.options?.find((one) => one.toLowerCase() === text.toLowerCase());
      return checkCustom(field, found ?? text);
    }
    case 'url':
      return checkCustom(field, /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`);
    default:
      return checkCustom(field, text);
  }
}

/** Whether a value is one of the field's type. */
export function checkCustom(field: CustomField, value: FieldValue): CustomTyped {
  if (value === null) return { value };
  const fits = checks[field.type](value, field);
  return fits ? { value } : { problem: problemOf(field) };
}

const checks: Readonly<Record<CustomType, (value: FieldValue, field: CustomField) => boolean>> = {
  text: (value) => isText(value),
  number: (value) => typeof value === 'number' && Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  choice: (value, { options }) => options?.some((one) => one === value) === true,
  date: (value) => typeof value === 'string' && isDate(value),
  url: (value) => isText(value) && isWebAddress(value),
  reference: (value) => id.safeParse(value).success,
};

const isText = (value: FieldValue): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longestText;

/** `2027-01-31`, and no 31st of February. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isWebAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol);
}

function problemOf({ type, options }: CustomField): string {
  switch (type) {
    case 'text':
      return `A text of at most ${longestText} characters.`;
    case 'number':
      return 'A number such as 12 or 0.5.';
    case 'boolean':
      return 'Say yes or no.';
    case 'choice':
      return `One of ${(options ?? []).join(', ')}.`;
    case 'date':
      return 'A date such as 2027-01-31.';
    case 'url':
      return 'A web address such as https://example.org/manual.';
    case 'reference':
      return 'Something that is in the inventory.';
  }
}

/** Under which a record has the value of a custom field among its own. */
export const customKey = (fieldId: string) => `custom:${fieldId}`;
