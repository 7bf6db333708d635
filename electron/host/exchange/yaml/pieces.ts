import { fileProblem } from '../file-record.ts';
import { readTree, type TreeEntry, type TreeNode } from './tree.ts';

/** A part of the file that is read by itself, so that a long one never lies in memory as a whole tree. */
interface Piece {
  readonly text: string;
  readonly firstLine: number;
}

/** Characters of a part; below it a section is read at once. */
const pieceSize = 256 * 1024;

export interface TopReader {
  /** A key of the top level whose value is no list. */
  value(entry: TreeEntry): void;
  /** One thing of a list of the top level; `index` from 0. */
  item(section: TreeEntry, node: TreeNode, index: number): void;
}

/** Reads a file whose top level is a map, section by section. Throws FILE_INVALID with the line. */
export function readTop(text: string, reader: TopReader, size = pieceSize): void {
  const seen = new Map<string, number>();
  for (const section of /^\s*[[{]/.test(text) ? [{ text, firstLine: 1 }] : sections(text)) {
    refuseAnother(section, seen.size > 0);
    let begun: { readonly key: string; count: number } | undefined;
    for (const piece of section.text.length > size ? pieces(section, size) : [section]) {
      const tree = readTree(piece.text, piece.firstLine);
      if (tree.type === 'text' && tree.text === null) continue;
      if (tree.type !== 'map') {
        const place = { line: tree.line, path: '' };
        throw fileProblem(place, 'this is no inventory; it begins with rackhelm: 2');
      }
      for (const entry of tree.entries) {
        if (begun?.key !== entry.key) {
          refuseTwice(seen, entry);
          begun = { key: entry.key, count: 0 };
        }
        const isEmpty = entry.value.type !== 'list' || entry.value.items.length === 0;
        if (isEmpty || entry.value.type !== 'list') reader.value(entry);
        else for (const node of entry.value.items) reader.item(entry, node, begun.count++);
      }
    }
  }
}

function refuseAnother({ text, firstLine }: Piece, isBegun: boolean): void {
  if (!isBegun || !/^(?:---|\.\.\.)(?:\s|$)/.test(text)) return;
  const place = { line: firstLine, path: '' };
  throw fileProblem(place, 'a second document begins here, and only one is read');
}

function refuseTwice(seen: Map<string, number>, { key, line }: TreeEntry): void {
  const before = seen.get(key);
  if (before !== undefined) {
    throw fileProblem({ line, path: key }, `this stands in line ${before} already`);
  }
  seen.set(key, line);
}

/** Cut before each line that begins a key of the top level. Nothing else may begin in the first column. */
function sections(text: string): Iterable<Piece> {
  return cut({ text, firstLine: 1 }, /^(?![\s#]|$|-(?:\s|$))/gm, 0);
}

/** Cut before things of the list, each part under the key of the section. */
function* pieces(section: Piece, size: number): Generator<Piece> {
  const { key, indent } = headOf(section.text);
  if (indent === undefined || !/^\S.*:\s*(?:#.*)?$/.test(key)) {
    yield section;
    return;
  }
  let isFirst = true;
  for (const piece of cut(section, new RegExp(`^${indent}-(?=[ \\n])`, 'gm'), size)) {
    yield isFirst ? piece : { text: `${key}\n${piece.text}`, firstLine: piece.firstLine - 1 };
    isFirst = false;
  }
}

/** The line of the key, and where the dash of its first thing stands. A pattern would fail at millions of blank lines. */
function headOf(text: string): { key: string; indent: string | undefined } {
  const end = text.indexOf('\n');
  const key = end === -1 ? text : text.slice(0, end);
  for (let from = end + 1; end !== -1 && from < text.length; ) {
    const next = text.indexOf('\n', from);
    const line = text.slice(from, next === -1 ? text.length : next);
    if (!/^[ \t]*(?:#|$)/.test(line)) return { key, indent: /^( *)- /.exec(line)?.[1] };
    if (next === -1) break;
    from = next + 1;
  }
  return { key, indent: undefined };
}

/**
 * At the first match after each `size` characters; the first one of all begins what stands before it.
 * One after the other: millions of lines at once would take gigabytes.
 */
function* cut({ text, firstLine }: Piece, at: RegExp, size: number): Generator<Piece> {
  let from = 0;
  let line = firstLine;
  let isFirst = true;
  for (const { index } of text.matchAll(at)) {
    const isCut = !isFirst && index - from >= size;
    isFirst = false;
    if (!isCut) continue;
    const part = text.slice(from, index);
    yield { text: part, firstLine: line };
    line += part.split('\n').length - 1;
    from = index;
  }
  yield { text: text.slice(from), firstLine: line };
}
