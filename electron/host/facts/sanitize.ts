/** No host name, model or reason is longer; the rest of a hostile one is of no use to anybody. */
const longest = 255;
/** No list of a section is longer; what a machine tells beyond is not worth reading. */
export const mostItems = 20_000;

/**
 * Makes what a machine told safe to store and to show: control characters and those that turn the
 * reading direction go, length is bounded. It stays data: shell characters are kept as they are.
 */
export function sanitize(value: unknown): unknown {
  if (typeof value === 'string') return sanitizeText(value);
  if (Array.isArray(value)) return value.slice(0, mostItems).map(sanitize);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sanitize(item)]));
  }
  return value;
}

function sanitizeText(text: string): string {
  const clean = text
    .slice(0, longest * 4)
    .replace(/[\t\r\n]+/g, ' ')
    .replace(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '')
    .trim();
  // Not in the middle of a surrogate pair.
  return [...clean].slice(0, longest).join('');
}
