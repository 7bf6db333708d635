import { z } from 'zod';

/**
 * Parts of what an API server tells. Objects come half made, of other versions and from hostile hands:
 * a part that is missing or is of another shape reads as nothing there, and never throws.
 */

/** More characters no table and no sentence needs. */
const longest = 1_000;
const mostItems = 500;

export const text = z
  .string()
  .catch('')
  .transform((value) => (value.length > longest ? `${value.slice(0, longest)}…` : value));

/** Null where nothing is said; an empty text says nothing either. */
export const optionalText = text.transform((value) => (value === '' ? null : value));

export const flag = z.boolean().catch(false);

export const whole = z.number().int().catch(0);

export const optionalWhole = z.number().int().nullable().catch(null);

/** UTC milliseconds; null where it is no time. */
export const time = z
  .string()
  .catch('')
  .transform((value) => {
    const at = value.length > 40 ? Number.NaN : Date.parse(value);
    return Number.isNaN(at) ? null : at;
  });

/** The first items that are what they should be. */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) => {
      const read: z.output<T>[] = [];
      for (const each of items.slice(0, mostItems)) {
        const parsed = item.safeParse(each);
        if (parsed.success) read.push(parsed.data);
      }
      return read;
    });
}

/** Labels, selectors: texts by name. */
export const texts = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((entries) => {
    const read: Record<string, string> = {};
    for (const [name, value] of Object.entries(entries).slice(0, mostItems)) {
      if (typeof value === 'string') read[name.slice(0, longest)] = value.slice(0, longest);
    }
    return read;
  });

/** A part that reads as empty where it is missing. */
export function part<T extends z.ZodRawShape>(shape: T) {
  const schema = z.object(shape);
  const empty = schema.parse({});
  return schema.catch(empty);
}

/** A part of which it matters whether it is there. */
export function optionalPart<T extends z.ZodRawShape>(shape: T) {
  return z.object(shape).nullable().catch(null);
}
