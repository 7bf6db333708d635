/** More is no line that a person meant. */
export const mostExpanded = 10_000;

/** What a pattern stands for, or the sentence that says why it stands for nothing. */
export type Expanded =
  | {
      readonly values: readonly string[];
      /** How many each bracket stands for, from the left: `r[1-2]-n[1-4]` is 2 × 4. */
      readonly brackets: readonly number[];
    }
  | {
      readonly problem: string;
      /** Of the first character that is wrong, from 0. */
      readonly at: number;
    };

/**
 * Expands `pi-[1-4]`, `10.20.10.[11-14]/24`, `node[08-12]`, `[a,b,c]`, `rack-[a-c]` and `[1-3,7]`.
 * Several brackets are combined each with each, the last one counting fastest: `r[1-2]-n[1-2]` is
 * `r1-n1`, `r1-n2`, `r2-n1`, `r2-n2`. A range may run backwards. Leading zeros are kept. `\[` and `\]` are
 * brackets of the text itself. Without a bracket it stands for itself.
 */
export function expandPattern(text: string): Expanded {
  const parsed = partsOf(text);
  if ('problem' in parsed) return parsed;
  const total = parsed.parts.reduce((all, part) => all * part.options.length, 1);
  if (total > mostExpanded) return tooMany(parsed.parts.find(({ bracket }) => bracket)?.at ?? 0);
  let values: string[] = [''];
  for (const { options } of parsed.parts) {
    values = values.flatMap((before) => options.map((option) => `${before}${option}`));
  }
  const brackets = parsed.parts.flatMap(({ bracket, options }) => (bracket ? options.length : []));
  return { values, brackets };
}

/** Either the text between brackets, which is its only option, or a bracket. */
interface Part {
  readonly options: readonly string[];
  readonly bracket: boolean;
  readonly at: number;
}

type Problem = Extract<Expanded, { problem: string }>;

const tooMany = (at: number): Problem => ({
  problem: `This stands for more than ${mostExpanded.toLocaleString('en')}.`,
  at,
});

function partsOf(text: string): { readonly parts: readonly Part[] } | Problem {
  const parts: Part[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] === ']') return { problem: 'This ] closes no bracket; \\] means the sign.', at };
    if (text[at] !== '[') {
      const plain = /^(?:\\[[\]]|[^[\]])+/.exec(text.slice(at))?.[0] ?? '';
      parts.push({ options: [plain.replaceAll(/\\([[\]])/g, '$1')], bracket: false, at });
      at += plain.length;
      continue;
    }
    const end = text.indexOf(']', at);
    const nested = text.indexOf('[', at + 1);
    if (end === -1) return { problem: 'This bracket is not closed.', at };
    if (nested !== -1 && nested < end) {
      return { problem: 'A bracket cannot stand in another.', at: nested };
    }
    const options = optionsOf(text.slice(at + 1, end), at + 1);
    if ('problem' in options) return options;
    parts.push({ ...options, bracket: true, at });
    at = end + 1;
  }
  return { parts };
}

function optionsOf(inner: string, start: number): { readonly options: string[] } | Problem {
  const options: string[] = [];
  let at = start;
  for (const item of inner.split(',')) {
    const text = item.trim();
    if (text === '') return { problem: 'Something is missing here, such as 1-4 or a,b.', at };
    const more = rangeOf(text);
    if (more === 'too many' || options.length + more.length > mostExpanded) return tooMany(at);
    options.push(...more);
    at += item.length + 1;
  }
  return { options };
}

/** `1-4`, `08-12` and `a-c`; anything else is one word, `web-1` as well. */
function rangeOf(text: string): string[] | 'too many' {
  const numbers = /^(\d{1,15})\s*-\s*(\d{1,15})$/.exec(text);
  if (numbers !== null) {
    const [, first = '', last = ''] = numbers;
    const padded = [first, last].some((one) => one.length > 1 && one.startsWith('0'));
    const width = padded ? Math.max(first.length, last.length) : 0;
    return counted(Number(first), Number(last), (value) => String(value).padStart(width, '0'));
  }
  const letters = /^([a-z])\s*-\s*([a-z])$/.exec(text) ?? /^([A-Z])\s*-\s*([A-Z])$/.exec(text);
  if (letters === null) return [text];
  const [, first = '', last = ''] = letters;
  return counted(first.charCodeAt(0), last.charCodeAt(0), (code) => String.fromCharCode(code));
}

function counted(first: number, last: number, write: (value: number) => string) {
  const count = Math.abs(last - first) + 1;
  if (count > mostExpanded) return 'too many';
  const step = last < first ? -1 : 1;
  return Array.from({ length: count }, (_, index) => write(first + index * step));
}
