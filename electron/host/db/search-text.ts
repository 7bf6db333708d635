import { parseAddress } from './address.ts';

/**
 * FTS5 expression for what a person typed: every word must match, each as a prefix. A word with
 * separators is a phrase of its parts (`pi-1`, `24.04`); a MAC or an address is also tried as the one
 * word that it is indexed under, which is much quicker than a phrase of numbers that all share. Undefined: nothing to search for.
 */
export function matchExpression(text: string): string | undefined {
  // SQLite would end the text at a NUL.
  const words = text.split(/[\s\p{Cc}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  if (words.length === 0) return undefined;
  return words
    .map((word) => spellings(word).map((spelling) => `"${spelling.replaceAll('"', ' ')}" *`))
    .map((alternatives) => `(${alternatives.join(' OR ')})`)
    .join(' AND ');
}

function spellings(word: string): readonly string[] {
  const forms = new Set([word]);
  const address = parseAddress(word)?.address ?? word.toLowerCase();
  if (looksLikeAddress(address)) forms.add(`ip${address.replaceAll(/[.:]/g, 'x')}`);
  const digits = word.replaceAll(/[:.-]/g, '');
  if (looksLikeMac(word, digits)) forms.add(digits.toLowerCase());
  return [...forms];
}

/** The beginning of an address, or a whole one: `10.0`, `fd20::`, also with a prefix length. */
export function looksLikeAddress(word: string): boolean {
  return /^\d{1,3}\.[\d./]*$/.test(word) || /^[0-9a-f]{1,4}:[0-9a-f:/]*$/.test(word);
}

/** `aa:bb:c`, `aa-bb-cc`, `aabb.ccdd`: the beginning of a MAC, with its separators. */
function looksLikeMac(word: string, digits: string): boolean {
  if (digits === word || digits.length > 12 || !/^[0-9a-f]+$/i.test(digits)) return false;
  return (
    /^([0-9a-f]{2}[:-])+[0-9a-f]{0,2}$/i.test(word) || /^([0-9a-f]{4}\.)+[0-9a-f]{0,4}$/i.test(word)
  );
}
