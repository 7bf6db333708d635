/**
 * An object of the API as YAML, to be read and to be edited. A library writes the same several times
 * slower, which a page that changes twice a second would feel.
 */

const deepest = 60;

export function yamlText(value: unknown): string {
  if (isEmpty(value)) return `${flow(value)}\n`;
  return isBranch(value) ? `${lines(value, 0).join('\n')}\n` : `${scalar(value, 0)}\n`;
}

type Branch = readonly unknown[] | Readonly<Record<string, unknown>>;

function isBranch(value: unknown): value is Branch {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: unknown): boolean {
  return isBranch(value) && Object.keys(value).length === 0;
}

function flow(value: unknown): string {
  return Array.isArray(value) ? '[]' : '{}';
}

function lines(branch: Branch, depth: number): string[] {
  if (depth > deepest) return [`${'  '.repeat(depth)}# deeper than ${deepest} levels`];
  return Array.isArray(branch)
    ? branch.flatMap((item: unknown) => itemLines(item, depth))
    : Object.entries(branch)
        .filter(([, value]) => value !== undefined)
        .flatMap(([name, value]) => fieldLines(name, value, depth));
}

function fieldLines(name: string, value: unknown, depth: number): string[] {
  const head = `${'  '.repeat(depth)}${text(name)}:`;
  if (isEmpty(value)) return [`${head} ${flow(value)}`];
  if (!isBranch(value)) return [`${head} ${scalar(value, depth + 1)}`];
  // As kubectl writes lists: not indented further than what holds them.
  return [head, ...lines(value, Array.isArray(value) ? depth : depth + 1)];
}

function itemLines(item: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (isEmpty(item)) return [`${indent}- ${flow(item)}`];
  if (!isBranch(item)) return [`${indent}- ${scalar(item, depth + 1)}`];
  // A list in a list has to stand further in than its dash.
  const [first = '', ...rest] = lines(item, depth + 1);
  return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
}

function scalar(value: unknown, depth: number): string {
  if (typeof value !== 'string') return value === null ? 'null' : String(value);
  return isBlock(value) ? block(value, depth) : text(value);
}

/** Lines that a block keeps as they are: nothing in it needs an escape. */
function isBlock(value: string): boolean {
  if (!value.includes('\n') || /^[\n ]/.test(value) || / \n| $/.test(value)) return false;
  return !hasOdd(value.replaceAll('\n', ''));
}

function block(value: string, depth: number): string {
  const body = value.replace(/\n+$/, '');
  const ends = value.length - body.length;
  const keep = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const indent = '  '.repeat(depth);
  const inner = body
    .split('\n')
    .map((line) => (line === '' ? '' : `${indent}${line}`))
    .join('\n');
  return `|${keep}\n${inner}${'\n'.repeat(Math.max(0, ends - 1))}`;
}

/** What a reader could take for something else than a text, or what cannot be seen. */
const plain = /^[A-Za-z_/.][\w./@+-]*(?: [\w./@+-]+)*$/;
const meant =
  /^(?:null|true|false|yes|no|on|off|y|n|[-+.]?\.?(?:inf|nan)|[-+]?[\d.][\d_.eE+-]*|0[xo][\da-fA-F]+)$/i;

function text(value: string): string {
  if (plain.test(value) && !meant.test(value)) return value;
  // Also a key of YAML 1.1 and dates are safe in quotation marks; JSON is YAML.
  return JSON.stringify(value).replace(
    odd,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Control characters, marks that turn the direction of writing, lone surrogates. */
const odd = /[\p{Cc}\p{Bidi_Control}\p{Cs}\u200b\u2028\u2029\u2060\ufeff]/gu;

function hasOdd(value: string): boolean {
  odd.lastIndex = 0;
  return odd.test(value);
}
