import { isAlias, isMap, isNode, LineCounter, parseAllDocuments, visit } from 'yaml';
import type { z } from 'zod';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type LibraryDocument, libraryDocument, unknownKeys } from './library-document.ts';
import { draftOf, type TypeDraft } from './type-draft.ts';
import { wiringFault } from './wiring.ts';

export interface ReadType {
  readonly draft: TypeDraft;
  /** Keys that the file has and the inventory has no place for. */
  readonly dropped: readonly string[];
}

/** Characters; the largest file of the library has about 100,000. */
export const largestFile = 400_000;
/** Documents in one file. */
const mostDocuments = 200;

/** What the `yaml` package makes of one document. */
type Parsed = Exclude<ReturnType<typeof parseAllDocuments>, { empty: true }>[number];
type Path = readonly (string | number)[];

/**
 * Reads a file of the device-type library: one document, or several one after the other. Throws
 * FILE_INVALID with the line and what is wrong there.
 */
export function readTypeFile(text: string): ReadType[] {
  if (text.length > largestFile) throw invalid(1, 'the file is too large for a device type');
  if (/[\0\uFFFD]/.test(text)) throw invalid(1, 'the file is no text in UTF-8');
  const lines = new LineCounter();
  const documents = parsedDocuments(text.replace(/^\uFEFF/, ''), lines);
  if (documents.length > mostDocuments) throw invalid(1, 'the file has too many documents');
  return documents.map((document) => readOne(document, lines));
}

function parsedDocuments(text: string, lineCounter: LineCounter): Parsed[] {
  try {
    const parsed = parseAllDocuments(text, { lineCounter, prettyErrors: false, merge: false });
    const documents = [...parsed] as Parsed[]; // an empty stream has none
    const filled = documents.filter(({ contents, errors }) => contents !== null || errors.length);
    if (filled.length > 0) return filled;
  } catch (error) {
    // Nested so deep that the stack ends.
    throw invalid(1, error instanceof RangeError ? 'it is nested too deep' : String(error));
  }
  throw invalid(1, 'the file is empty');
}

function readOne(document: Parsed, lines: LineCounter): ReadType {
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault !== undefined) throw invalid(lines.linePos(fault.pos[0]).line, fault.message);
  visit(document, {
    Alias(_key, node) {
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      throw invalid(line, 'an alias (*…) stands here; write out what it stands for');
    },
  });
  if (!isMap(document.contents)) throw invalid(lineOf(document, lines, []), 'no device type');
  const plain = document.toJS() as Record<string, unknown>; // a map, as was just seen
  const parsed = libraryDocument.safeParse(plain);
  if (!parsed.success) {
    const [path, message] = firstIssue(parsed.error);
    throw invalid(lineOf(document, lines, path), `${pathText(path)}${message}`);
  }
  const wrong = wiringFault(parsed.data);
  if (wrong !== undefined) {
    throw invalid(lineOf(document, lines, wrong.path), `${pathText(wrong.path)}${wrong.message}`);
  }
  return { draft: draftOf(parsed.data satisfies LibraryDocument), dropped: unknownKeys(plain) };
}

function firstIssue(error: z.ZodError): [Path, string] {
  const issue = error.issues[0];
  if (issue === undefined) return [[], 'not understood'];
  const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)));
  const isMissing = /received undefined$/.test(issue.message) || issue.code === 'invalid_union';
  const last = path.at(-1);
  if (isMissing && typeof last === 'string') return [path, 'a text is needed here'];
  return [path, issue.message];
}

/** Of the place itself, or of the nearest thing around it that the file has. */
function lineOf(document: Parsed, lines: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && !isAlias(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** `interfaces[3].name: `, counted from 1 as a person counts. */
function pathText(path: Path): string {
  const text = path.map((key) => (typeof key === 'number' ? `[${key + 1}]` : `.${key}`)).join('');
  return text === '' ? '' : `${text.slice(1)}: `;
}

function invalid(line: number, message: string): RackhelmError {
  const sentence = message.slice(0, 300).replace(/\.?\s*$/, '.');
  return new RackhelmError('FILE_INVALID', `Line ${line}: ${sentence}`, { data: { line } });
}
