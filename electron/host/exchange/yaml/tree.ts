import {
  Composer,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
} from 'yaml';
import { type FilePlace, fileProblem } from '../file-record.ts';

/** What a YAML or JSON file holds, with lines. Values are texts as they were written; null: nothing. */
export type TreeNode =
  | { readonly type: 'map'; readonly line: number; readonly entries: readonly TreeEntry[] }
  | { readonly type: 'list'; readonly line: number; readonly items: readonly TreeNode[] }
  | { readonly type: 'text'; readonly line: number; readonly text: string | null };

export interface TreeEntry {
  readonly key: string;
  readonly line: number;
  readonly value: TreeNode;
}

/** Deeper than anything that is meant. */
const deepest = 40;
/** Of the parser's own stack, which has several places for each level. */
const deepestStack = 8 * deepest;
/** Characters that are read as one tree, which takes a hundred times their size. */
export const largestTree = 16 * 1024 * 1024;

/**
 * Reads one document. Throws FILE_INVALID with the line for what cannot be read, and for what could
 * make much out of little or mean more than data: aliases, merge keys, tags, keys that stand twice.
 * `firstLine` is where this text begins in its file.
 */
export function readTree(text: string, firstLine = 1): TreeNode {
  const lines = new LineCounter();
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const document = compose(text, lines, firstLine);
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw fileProblem({ line: lineAt(fault.pos[0]), path: '' }, wordsFor(fault.message));
  }
  if (document.contents === null) return { type: 'text', line: firstLine, text: null };
  return convert(document.contents, { line: firstLine, path: '' }, lineAt, 0);
}

/**
 * As the library's parseDocument, but it ends where the file is nested too deeply: a mebibyte of
 * brackets would take a minute and gigabytes before anybody could say so.
 */
function compose(text: string, lines: LineCounter, firstLine: number): Document.Parsed {
  if (text.length > largestTree) {
    const most = largestTree / 1024 ** 2;
    throw fileProblem(
      { line: firstLine, path: '' },
      `what begins here is longer than ${most} MiB; write it as lists of things, each after a dash`,
    );
  }
  // Failsafe: no value is made into anything, so that 1.10 stays as it was written. Keys that stand
  // twice are looked for here, in a time that does not grow with the square of their number.
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, logLevel: 'error' });
  const [first, second] = composer.compose(tokens(text, lines, firstLine), true, text.length);
  if (first === undefined) throw new Error('A forced document was not composed');
  if (second === undefined) return first as Document.Parsed; // the failsafe schema makes no other
  const place = { line: lines.linePos(second.range[0]).line + firstLine - 1, path: '' };
  throw fileProblem(place, 'a second document begins here, and only one is read');
}

function* tokens(text: string, lines: LineCounter, firstLine: number) {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > deepestStack) {
      const { line } = lines.linePos(parser.offset);
      throw fileProblem({ line: line + firstLine - 1, path: '' }, 'this is nested too deeply');
    }
  }
  yield* parser.end();
}

function wordsFor(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function convert(
  node: unknown,
  around: FilePlace,
  lineAt: (offset: number) => number,
  depth: number,
): TreeNode {
  const line = rangeStart(node) === undefined ? around.line : lineAt(rangeStart(node) ?? 0);
  const place = { line, path: around.path };
  if (depth > deepest) throw fileProblem(place, 'this is nested too deeply');
  refuseClever(node, place);
  if (isMap(node)) {
    const seen = new Set<string>();
    const entries = node.items.map((pair): TreeEntry => {
      const at = rangeStart(pair.key);
      const keyLine = at === undefined ? line : lineAt(at);
      const key = keyText(pair.key, { line: keyLine, path: around.path });
      const inner = { line: keyLine, path: `${around.path}${around.path === '' ? '' : '.'}${key}` };
      if (seen.has(key)) throw fileProblem(inner, 'this stands here twice');
      seen.add(key);
      return { key, line: keyLine, value: convert(pair.value, inner, lineAt, depth + 1) };
    });
    return { type: 'map', line, entries };
  }
  if (isSeq(node)) {
    const items = node.items.map((item, index) =>
      convert(item, { line, path: `${around.path}[${index + 1}]` }, lineAt, depth + 1),
    );
    return { type: 'list', line, items };
  }
  return { type: 'text', line, text: isScalar(node) ? scalarText(node) : null };
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null)?.range?.[0]; // nothing, or a node
}

function refuseClever(node: unknown, place: FilePlace): void {
  if (isAlias(node)) throw fileProblem(place, 'aliases (*name) are not read; write it out');
  const { anchor, tag } = (node ?? {}) as { anchor?: string; tag?: string }; // of every node
  if (anchor !== undefined) throw fileProblem(place, 'anchors (&name) are not read; write it out');
  if (tag !== undefined) throw fileProblem(place, `tags (${tag.slice(0, 60)}) are not read`);
}

function keyText(key: unknown, place: FilePlace): string {
  refuseClever(key, place);
  if (!isScalar(key)) throw fileProblem(place, 'a name was expected here');
  const text = String(key.value);
  if (text === '<<' && key.type === 'PLAIN') {
    throw fileProblem(place, 'merge keys (<<) are not read; write it out');
  }
  return text;
}

function scalarText({ value, type }: { value: unknown; type?: string | null }): string | null {
  const text = String(value ?? '');
  return (type ?? 'PLAIN') === 'PLAIN' && /^(?:~|null|)$/i.test(text) ? null : text;
}
