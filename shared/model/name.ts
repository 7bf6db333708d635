import { z } from 'zod';

/** As long as a host name may be; so long may every name be that a person gives. */
export const longestName = 253;

/** Overrides and embeddings turn what follows, whatever script it is in: `pi-‮1` reads `pi-1`. */
const turning = /[\u202A-\u202E\u2066-\u2069]/u;
/** Marks that belong into names of scripts from right to left, and move the signs of all others. */
const marks = /[\u061C\u200E\u200F]/u;
const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Why nothing can be called that, as one sentence; null: it can. Blanks around it do not count. */
export function nameFault(name: string): string | null {
  const text = name.trim();
  if (text === '') return 'A name is needed.';
  if (text.length > longestName) {
    return `A name has ${longestName} characters at most; this one has ${text.length}.`;
  }
  return signFault(text);
}

/** Of the signs that it is made of. */
function signFault(text: string): string | null {
  if (/\p{Cc}|[\u2028\u2029]/u.test(text)) {
    return 'A name is one line without control characters.';
  }
  const turns =
    turning.test(text) || (marks.test(text) && !rightToLeft.test(text.replace(marksAll, '')));
  return turns ? 'A name holds no invisible marks that turn its direction; type it again.' : null;
}

const marksAll = /[\u061C\u200E\u200F]/gu;

/** A name that a person gives to anything. */
export const givenName = z
  .string()
  .trim()
  .min(1)
  .max(longestName)
  // One that is empty or too long was told of already.
  .refine((name) => signFault(name) === null, {
    error: ({ input }) => signFault(String(input)) ?? 'That is no name.',
  });

/** The nearest that may be a name to what a machine calls itself; may come out empty. */
export function asName(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '').trim();
  return shortenedTo(plain, longestName);
}

/** No half of a character is left at the end. */
export function shortenedTo(text: string, longest: number): string {
  if (text.length <= longest) return text;
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/u, '')
    .trimEnd();
}
