import { z } from 'zod';

/**
 * Parts of what an API server tells. Objects come half made, of other versions and from hostile hands:
 * a part that is missing or is of another shape reads as nothing there, and never throws. Thousands are
 * read at a stretch, so nothing here fails in order to be caught: that takes several times as long.
 */

/** More characters no table and no sentence needs. */
const longest = 1_000;
const mostItems = 500;
const mostTexts = 100;
const longestTime = 40;

function leaf<T>(read: (value: unknown) => T) {
  return z.unknown().optional().transform(read);
}

function clipped(value: unknown): string {
  if (typeof value !== 'string') return '';
  return value.length > longest ? `${value.slice(0, longest)}…` : value;
}

export const text = leaf(clipped);

/** Null where nothing is said; an empty text says nothing either. */
export const optionalText = leaf((value) => clipped(value) || null);

export const flag = leaf((value) => value === true);

export const whole = leaf((value) => (isWhole(value) ? value : 0));

export const optionalWhole = leaf((value) => (isWhole(value) ? value : null));

function isWhole(value: unknown): value is number {
  return Number.isInteger(value);
}

/** UTC milliseconds; null where it is no time. */
export const time = leaf((value) => {
  if (typeof value !== 'string' || value.length > longestTime) return null;
  const at = Date.parse(value);
  return Number.isNaN(at) ? null : at;
});

/** The first items that are what they should be. */
export function listOf<T extends z.ZodType>(item: T) {
  return leaf((items) => {
    const read: z.output<T>[] = [];
    if (!Array.isArray(items)) return read;
    for (const each of items.slice(0, mostItems)) {
      const parsed = item.safeParse(each);
      if (parsed.success) read.push(parsed.data);
    }
    return read;
  });
}

/** Labels, selectors: texts by name. */
export const texts = leaf((entries) => {
  const read: [string, string][] = [];
  if (typeof entries !== 'object' || entries === null) return {};
  for (const [name, value] of Object.entries(entries).slice(0, mostTexts)) {
    if (typeof value === 'string') read.push([name.slice(0, longest), value.slice(0, longest)]);
  }
  // Not by assignment, which would make something else of a label called __proto__.
  return Object.fromEntries(read);
});

/** A part that reads as empty where it is missing. */
export function part<T extends z.ZodRawShape>(shape: T) {
  const schema = z.object(shape);
  const empty = schema.parse({});
  return leaf((value): z.output<typeof schema> => readPart(schema, value) ?? empty);
}

/** A part of which it matters whether it is there. */
export function optionalPart<T extends z.ZodRawShape>(shape: T) {
  const schema = z.object(shape);
  return leaf((value): z.output<typeof schema> | null => readPart(schema, value));
}

function readPart<T extends z.ZodType>(schema: T, value: unknown): z.output<T> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return schema.safeParse(value).data ?? null;
}
