/** Plain only where no reader of YAML 1.1 or 1.2 could take it for something else, in flow or block. */
const safe = /^[\p{L}\p{N}/(](?:[\p{L}\p{N}\p{M}_.+/()@~^%=;$!<>&'*-]| (?=[^\s#]))*$/u;
const numeric = /^[-+.\d]?[\d_]*\.?[\d_]*(?:e[-+]?\d+)?$|^0[xob][\da-f_]+$/i;
const date = /^\d{4}-\d\d?-\d\d?/;
const word = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/** What a reader or a terminal might not take as it is, beside what JSON escapes. */
const doubtful = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029\u00ad\ufeff\ufffe\uffff]/u;
const eachDoubtful = new RegExp(doubtful, 'gu');

const escaped = (character: string) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

export function isPlain(text: string): boolean {
  return safe.test(text) && !numeric.test(text) && !date.test(text) && !word.test(text);
}

/** Text on one line, quoted only where it must be. */
export function scalar(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(eachDoubtful, escaped);
}

/** JSON that says the same, safe to show; its line breaks stay. */
export function escapeDoubtful(json: string): string {
  return json.replaceAll(eachDoubtful, (character) =>
    character === '\n' ? '\n' : escaped(character),
  );
}

/**
 * Lines of a longer text as they are, or undefined where that would not read back as the same. `indent`
 * is where they stand.
 */
export function literal(text: string, indent: string): string | undefined {
  if (!text.includes('\n') || doubtful.test(text.replaceAll('\n', ''))) return undefined;
  const ends = text.endsWith('\n');
  const lines = (ends ? text.slice(0, -1) : text).split('\n');
  const first = lines[0] ?? '';
  const isOdd = (line: string) => line !== '' && line.trim() === '';
  if (first === '' || /^\s/.test(first) || lines.at(-1) === '' || lines.some(isOdd)) {
    return undefined;
  }
  const body = lines.map((line) => (line === '' ? '' : indent + line)).join('\n');
  return `${ends ? '|' : '|-'}\n${body}`;
}
