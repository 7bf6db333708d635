import { parseAddress } from './address.ts';

/** More words than anybody types; each costs a pass over all that begins with it. */
const mostWords = 8;

/**
 * FTS5 expression for what a person typed: every word must match, each as a prefix. A word with
 * separators is a phrase of its parts (`pi-1`, `24.04`); a MAC or an address is also tried as the one
 * word that it is indexed under, which is much quicker than a phrase of numbers that all share. Undefined: nothing to search for.
 */
export function matchExpression(text: string): string | undefined {
  const words = searchWords(text);
  if (words.length === 0) return undefined;
  return words.map(matchWord).join(' AND ');
}

/** The same for names alone; `first`: the name begins with the first word. */
export function matchTitle(text: string, { first }: { readonly first: boolean }): string {
  const [start = '', ...rest] = searchWords(text);
  const words = rest.map((word) => `{title} : ${matchWord(word)}`);
  // A caret takes one phrase and no alternatives.
  const beginning = first ? `{title} : ^ ${phrase(start)}` : `{title} : ${matchWord(start)}`;
  return [beginning, ...words].join(' AND ');
}

/**
 * The words in their order, without those that say nothing more: one that another one begins with
 * (`pi` beside `pi-1`) is found with it. Of too many the longest stay, which narrow most.
 */
function searchWords(text: string): readonly string[] {
  // SQLite would end the text at a NUL.
  const typed = text.split(/[\s\p{Cc}]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const byForm = new Map(typed.map((word) => [word.toLowerCase(), word]));
  const forms = [...byForm.keys()];
  const telling = forms.filter(
    (form) => !forms.some((other) => other !== form && other.startsWith(form)),
  );
  const longest = new Set([...telling].sort((a, b) => b.length - a.length).slice(0, mostWords));
  return telling.filter((form) => longest.has(form)).map((form) => byForm.get(form) ?? form);
}

const phrase = (spelling: string) => `"${spelling.replaceAll('"', ' ')}" *`;

function matchWord(word: string): string {
  return `(${spellings(word).map(phrase).join(' OR ')})`;
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
