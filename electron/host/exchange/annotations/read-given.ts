import {
  largestAttachment,
  mostAttachments,
  mostTags,
  tagName,
} from '../../../../shared/model/annotations.ts';
import { safeFileName } from '../../../../shared/model/file-name.ts';
import type { GivenAnnotations, GivenAttachment, GivenNote } from '../file-record.ts';
import { type FilePlace, fileProblem, type GivenField } from '../file-record.ts';
import { didYouMean } from '../near-miss.ts';
import { isId } from '../reference-words.ts';
import type { TreeEntry, TreeNode } from '../yaml/tree.ts';
import { splitTags } from './tag-list.ts';

/** As a note in the window may have. */
const longestNote = 20_000;

type Mutable = { -readonly [Key in keyof GivenAnnotations]: GivenAnnotations[Key] };

/** Reads `tags`, `notes`, `custom` or `attachments` of a thing; false: the entry is none of these. */
export function readGiven({ key, value, line }: TreeEntry, path: string, into: Mutable): boolean {
  const place = { line, path: `${path}.${key}` };
  switch (key) {
    case 'tags':
      into.tags = readTags(value, place);
      return true;
    case 'notes':
      into.notes = items(value, place).map(readNote);
      return true;
    case 'custom':
      into.custom = readCustom(value, place);
      return true;
    case 'attachments':
      into.attachments = items(value, place).map(readAttachment);
      if (into.attachments.length > mostAttachments) {
        throw fileProblem(place, `a thing has ${mostAttachments} attachments at most`);
      }
      return true;
    default:
      return false;
  }
}

interface Placed {
  readonly node: TreeNode;
  readonly place: FilePlace;
}

function items(value: TreeNode, place: FilePlace): Placed[] {
  if (value.type === 'text' && value.text === null) return [];
  if (value.type !== 'list') throw fileProblem(place, 'a list was expected here');
  return value.items.map((node, index) => ({
    node,
    place: { line: node.line, path: `${place.path}[${index + 1}]` },
  }));
}

export function readTags(value: TreeNode, place: FilePlace): GivenAnnotations['tags'] {
  const found =
    value.type === 'text'
      ? splitTags(value.text ?? '').map((name) => ({ name, place }))
      : items(value, place).map(({ node, place: own }) => ({
          name: textOf(node, own),
          place: own,
        }));
  const tags = found.map(({ name, place: own }) => {
    const parsed = tagName.safeParse(name);
    if (parsed.success) return { name: parsed.data, place: own };
    throw fileProblem(own, 'a tag has 1 to 50 characters');
  });
  if (tags.length > mostTags) throw fileProblem(place, `a thing has ${mostTags} tags at most`);
  return tags;
}

function readNote({ node, place }: Placed): GivenNote {
  const fields = fieldsOf(node, place, ['text', 'when', 'edited', 'id'], 'text');
  const text = fields.get('text')?.typed ?? '';
  if (text.trim() === '') throw fileProblem(place, 'a note needs text');
  if (text.length > longestNote) {
    throw fileProblem(place, `a note has ${longestNote} characters at most`);
  }
  return {
    id: idOf(fields),
    text,
    at: momentOf(fields, 'when'),
    editedAt: momentOf(fields, 'edited'),
    place,
  };
}

function readCustom(value: TreeNode, place: FilePlace): ReadonlyMap<string, GivenField> {
  if (value.type === 'text' && value.text === null) return new Map();
  if (value.type !== 'map')
    throw fileProblem(place, 'names of fields with values were expected here');
  return new Map(
    value.entries.map((entry) => {
      const own = { line: entry.line, path: `${place.path}.${entry.key}` };
      if (entry.value.type !== 'text') throw fileProblem(own, 'one value was expected here');
      return [entry.key, { typed: entry.value.text, place: own }];
    }),
  );
}

const attachmentWords = [
  'name',
  'sha256',
  'size',
  'type',
  'width',
  'height',
  'added',
  'id',
] as const;

function readAttachment({ node, place }: Placed): GivenAttachment {
  const fields = fieldsOf(node, place, attachmentWords, null);
  const sha256 = (fields.get('sha256')?.typed ?? '').trim().toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(sha256)) {
    throw fileProblem(
      place,
      'an attachment needs sha256, the 64 hexadecimal digits of its content',
    );
  }
  const sizeBytes = countOf(fields, 'size');
  if (sizeBytes === null || sizeBytes > largestAttachment) {
    throw fileProblem(place, `an attachment needs size, in bytes, of at most ${largestAttachment}`);
  }
  const mediaType = fields.get('type')?.typed ?? 'application/octet-stream';
  if (!/^[\w.+-]{1,50}\/[\w.+-]{1,80}$/.test(mediaType)) {
    throw fileProblem(fields.get('type')?.place ?? place, 'this is no media type');
  }
  return {
    id: idOf(fields),
    name: safeFileName(fields.get('name')?.typed ?? ''),
    sha256,
    sizeBytes,
    mediaType,
    width: countOf(fields, 'width'),
    height: countOf(fields, 'height'),
    addedAt: momentOf(fields, 'added'),
    place,
  };
}

type Fields = ReadonlyMap<string, GivenField>;

/** `short`: what a text alone stands for. */
function fieldsOf(
  node: TreeNode,
  place: FilePlace,
  known: readonly string[],
  short: string | null,
): Fields {
  if (node.type === 'text' && short !== null)
    return new Map([[short, { typed: node.text, place }]]);
  if (node.type !== 'map') throw fileProblem(place, `${known.join(', ')} were expected here`);
  return new Map(
    node.entries.map(({ key, line, value }) => {
      const own = { line, path: `${place.path}.${key}` };
      if (!known.includes(key)) {
        throw fileProblem(own, `nothing is called this here${didYouMean(key, known)}`);
      }
      return [key, { typed: textOf(value, own), place: own }];
    }),
  );
}

function textOf(node: TreeNode, place: FilePlace): string {
  if (node.type === 'text') return node.text ?? '';
  throw fileProblem(place, 'one value was expected here');
}

function idOf(fields: Fields): string | null {
  const given = fields.get('id');
  if (given === undefined || given.typed === '' || given.typed === null) return null;
  if (isId(given.typed)) return given.typed.toLowerCase();
  throw fileProblem(given.place, 'this is no id; leave the line out for something new');
}

function countOf(fields: Fields, word: string): number | null {
  const given = fields.get(word);
  if (given === undefined || given.typed === '' || given.typed === null) return null;
  if (/^\d{1,10}$/.test(given.typed)) return Number(given.typed);
  throw fileProblem(given.place, 'a whole number was expected here');
}

/** `2026-11-30`, with a time where there is one; without a zone it is UTC. */
function momentOf(fields: Fields, word: string): number | null {
  const given = fields.get(word);
  if (given === undefined || given.typed === '' || given.typed === null) return null;
  const text = given.typed.trim().replace(' ', 'T');
  const time = Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
  if (/^[+-]?\d{4}/.test(text) && !Number.isNaN(time)) return time;
  throw fileProblem(given.place, 'a moment such as 2026-11-30T18:05:00Z was expected here');
}
