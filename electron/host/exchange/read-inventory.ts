import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import type { Kind } from '../../../shared/model/kinds/index.ts';
import { type AnnotationPart, annotationParts } from './annotations/keys.ts';
import { readGiven, readTags } from './annotations/read-given.ts';
import {
  type FileContent,
  type FilePlace,
  type FileRecord,
  fileProblem,
  type GivenAnnotations,
  type GivenField,
  nothingGiven,
} from './file-record.ts';
import {
  childKinds,
  childSectionOf,
  fieldOfWord,
  fieldWord,
  fileKinds,
  kindOfSection,
  sectionOf,
} from './file-words.ts';
import { didYouMean } from './near-miss.ts';
import { isId } from './reference-words.ts';
import { formatVersion } from './write-inventory.ts';
import { readTop } from './yaml/pieces.ts';
import type { TreeEntry, TreeNode } from './yaml/tree.ts';

/** More things than the largest inventory that this is made for, several times over. */
const mostRecords = 1_000_000;

/** Reads Rackhelm's own YAML or JSON. Throws FILE_INVALID with line and path; see file-record.ts. */
export function readInventoryFile(text: string): FileContent {
  const header = new Map<string, TreeEntry>();
  const records: FileRecord[] = [];
  const parts = new Set<AnnotationPart>();
  const add = (record: FileRecord) => {
    records.push(record);
    if (records.length > mostRecords) throw fileProblem(record.place, 'these are too many things');
  };
  readTop(text, {
    value(entry) {
      const place = { line: entry.line, path: entry.key };
      if (entry.key === 'with') readWith(entry, parts);
      else if (headerKeys.has(entry.key)) header.set(entry.key, entry);
      else if (kindOfSection(entry.key, null) === undefined) throw unknownSection(place, entry.key);
      else if (entry.value.type !== 'list' && !isNothing(entry.value)) {
        throw fileProblem(place, 'a list was expected here, each thing after a dash');
      }
      checkVersion(header, entry.line);
    },
    item({ key, line, value }, node, index) {
      checkVersion(header, line);
      if (key === 'with') {
        if (index === 0) readWith({ key, line, value }, parts);
        return;
      }
      const kind = kindOfSection(key, null);
      if (kind === undefined) throw unknownSection({ line, path: key }, key);
      readItem({ kind, node, owner: null, path: `${key}[${index + 1}]` }, add);
    },
  });
  checkVersion(header, 1);
  refuseCut(text, header);
  const whole = header.get('whole');
  return {
    records,
    whole: whole !== undefined && /^(true|yes)$/i.test(textOf(whole.value) ?? ''),
    with: parts,
    revision: textOf(header.get('revision')?.value) ?? null,
    dropped: [],
  };
}

const headerKeys = new Set(['rackhelm', 'whole', 'revision', 'with']);

/** `with: [tags, notes]`. A part that a later version adds is passed over: nothing is deleted for it. */
function readWith({ key, value, line }: TreeEntry, into: Set<AnnotationPart>): void {
  for (const { name } of readTags(value, { line, path: key }) ?? []) {
    const part = annotationParts.find((one) => one === name);
    if (part !== undefined) into.add(part);
  }
}

const isNothing = (node: TreeNode) => node.type === 'text' && node.text === null;
const textOf = (node: TreeNode | undefined) => (node?.type === 'text' ? node.text : null);

/** Stands first, so that a file of another program or version is told as that. */
function checkVersion(header: ReadonlyMap<string, TreeEntry>, line: number): void {
  const entry = header.get('rackhelm');
  const version = textOf(entry?.value);
  if (version === String(formatVersion)) return;
  const place = { line: entry?.line ?? line, path: entry === undefined ? '' : 'rackhelm' };
  if (version !== null && Number(version) > formatVersion) {
    throw fileProblem(
      place,
      `this file is of version ${version}, and this Rackhelm reads up to ${formatVersion}; use a newer one`,
    );
  }
  if (version === '1') {
    throw fileProblem(
      place,
      'this file is of version 1, in which only the sample rack was written, and which is not read any more; open the sample rack anew, or write the inventory with rackhelm export',
    );
  }
  throw fileProblem(place, `the file has to begin with rackhelm: ${formatVersion}`);
}

/** What Rackhelm wrote ends with a line break, also after an edit; JSON that was cut cannot be read anyway. */
function refuseCut(text: string, header: ReadonlyMap<string, TreeEntry>): void {
  const isOurs = header.has('whole') || header.has('revision');
  if (!isOurs || text.endsWith('\n') || text.trimEnd().endsWith('}')) return;
  const place = { line: text.split('\n').length, path: '' };
  throw fileProblem(
    place,
    'the file ends in the middle of a line; it may have been cut off. If it is whole, end the line',
  );
}

function unknownSection(place: FilePlace, word: string) {
  const known = [...headerKeys, ...fileKinds.map(sectionOf)];
  return fileProblem(place, `there is no kind of things called this${didYouMean(word, known)}`);
}

type Given = { -readonly [Key in keyof GivenAnnotations]: GivenAnnotations[Key] };

interface Item {
  readonly kind: Kind;
  readonly node: TreeNode;
  readonly owner: FileRecord | null;
  readonly path: string;
}

function readItem({ kind, node, owner, path }: Item, add: (record: FileRecord) => void): void {
  const place = { line: node.line, path };
  if (node.type !== 'map') {
    add(shortItem({ kind, node, owner, path }));
    return;
  }
  const fields = new Map<string, GivenField>();
  const inside: [Kind, TreeEntry][] = [];
  let id: string | null = null;
  const annotations: Given = { ...nothingGiven };
  for (const entry of node.entries) {
    const inner = { line: entry.line, path: `${path}.${entry.key}` };
    if (entry.key === 'id') id = idOf(entry, inner);
    else {
      const child = entry.value.type === 'list' ? kindOfSection(entry.key, kind) : undefined;
      if (child !== undefined) inside.push([child, entry]);
      else if (kind === customFieldKind || !readGiven(entry, path, annotations)) {
        readField(kind, entry, inner, fields);
      }
    }
  }
  const record: FileRecord = { kind, id, place, fields, owner, annotations };
  add(record);
  for (const [child, { key, value }] of inside) {
    const items = value.type === 'list' ? value.items : [];
    items.forEach((item, index) => {
      readItem(
        { kind: child, node: item, owner: record, path: `${path}.${key}[${index + 1}]` },
        add,
      );
    });
  }
}

/** `addresses: [10.0.0.2/24]`, `members: [cp-1]`: the one field that says which it is. */
function shortItem({ kind, node, owner, path }: Item): FileRecord {
  const place = { line: node.line, path };
  const name = kind.key.at(-1);
  const typed = textOf(node);
  if (name === undefined || typed === null || name === kind.owner) {
    throw fileProblem(place, 'a thing with its fields was expected here');
  }
  const fields = new Map([[name, { typed, place }]]);
  return { kind, id: null, place, owner, fields, annotations: nothingGiven };
}

function idOf({ value }: TreeEntry, place: FilePlace): string | null {
  const text = textOf(value);
  if (text === null) return null;
  if (isId(text)) return text.toLowerCase();
  throw fileProblem(place, 'this is no id; leave the line out for something new');
}

const notedWords = ['tags', 'notes', 'custom', 'attachments'];

function readField(
  kind: Kind,
  { key, value }: TreeEntry,
  place: FilePlace,
  fields: Map<string, GivenField>,
): void {
  const name = fieldOfWord(kind, key);
  if (name === undefined) {
    const children = childKinds(kind).map(childSectionOf);
    if (children.includes(key) && isNothing(value)) return;
    const words = [
      'id',
      ...notedWords,
      ...Object.keys(kind.fields).map((one) => fieldWord(kind, one)),
      ...children,
    ];
    throw fileProblem(place, `a ${kind.name} has no field called this${didYouMean(key, words)}`);
  }
  if (fields.has(name)) throw fileProblem(place, 'this field is given twice');
  if (value.type === 'text') fields.set(name, { typed: value.text, place });
  else if (kind === customFieldKind && name === 'options' && value.type === 'list') {
    fields.set(name, { typed: JSON.stringify(value.items.map(textOf)), place });
  } else throw fileProblem(place, 'one value was expected here');
}
