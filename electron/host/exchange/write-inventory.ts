import { createHash } from 'node:crypto';
import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import type { BareRow } from '../db/index.ts';
import { annotationParts } from './annotations/keys.ts';
import { createNoted, type Noted } from './annotations/write-noted.ts';
import { childKinds, childSectionOf, fieldWord, fileKinds, sectionOf } from './file-words.ts';
import type { InventoryRows } from './inventory-rows.ts';
import { ReferenceWords } from './reference-words.ts';
import { escapeDoubtful, literal, scalar } from './yaml/scalar.ts';

export const formatVersion = 2;

type FileScalar = string | number | boolean;
/** A list of texts, or values by their names. */
type FileValue = FileScalar | readonly string[] | FileMap;
type FileMap = { readonly byName: readonly (readonly [name: string, value: FileScalar])[] };

/** A thing as a file has it: its fields, then what stands under it. */
export interface FileItem {
  readonly entries: readonly (readonly [word: string, value: FileValue])[];
  readonly children: readonly (readonly [section: string, items: readonly FileItem[]])[];
}

export interface FileSection {
  readonly section: string;
  readonly items: readonly FileItem[];
}

/** Written for whoever opens the file and knows nothing else. */
const preface = `# The inventory of Rackhelm: edit it, keep it in git, bring it back with rackhelm import FILE.
# A file with "whole: true" says everything: what is not in it is deleted, after asking. Without that
# line, what it leaves out stays as it is. Keep the ids; something new needs none.
`;

/** The whole inventory, or one kind, as a person reads and edits it; the same rows, the same text. */
export function writeYaml(
  rows: InventoryRows,
  kind: Kind | null,
): { text: string; revision: string } {
  const body = sectionsOf(rows, kind)
    .map(
      ({ section, items }) => `\n${section}:\n${items.map((item) => block(item, '  ')).join('')}`,
    )
    .join('');
  // With letters before it, lest another reader takes it for a number.
  const revision = `r-${createHash('sha256').update(body).digest('hex').slice(0, 16)}`;
  const whole =
    kind === null
      ? `whole: true\nwith: [${annotationParts.join(', ')}]\nrevision: ${revision}\n`
      : '';
  return { text: `${preface}rackhelm: ${formatVersion}\n${whole}${body}`, revision };
}

/** The same things as JSON, which the same reader takes. */
export function writeJson(rows: InventoryRows, kind: Kind | null): string {
  const toObject = ({ entries, children }: FileItem): Record<string, unknown> => ({
    ...Object.fromEntries(
      entries.map(([word, value]) => [
        word,
        typeof value === 'object' && 'byName' in value ? Object.fromEntries(value.byName) : value,
      ]),
    ),
    ...Object.fromEntries(children.map(([section, items]) => [section, items.map(toObject)])),
  });
  const sections = sectionsOf(rows, kind);
  const json = JSON.stringify(
    {
      rackhelm: formatVersion,
      ...(kind === null ? { whole: true, with: annotationParts } : {}),
      ...Object.fromEntries(sections.map(({ section, items }) => [section, items.map(toObject)])),
    },
    null,
    2,
  );
  return `${escapeDoubtful(json)}\n`;
}

function sectionsOf(rows: InventoryRows, only: Kind | null): FileSection[] {
  const words = new ReferenceWords(rows);
  const write: Writing = { words, noted: createNoted(rows, words) };
  const byOwner = only === null ? groupByOwner(rows) : new Map<string, readonly BareRow[]>();
  return (only === null ? fileKinds : [only]).flatMap((kind) => {
    const top = (rows.byKind.get(kind.name) ?? []).filter(
      ({ values }) => only !== null || !hasOwner(kind, values),
    );
    const items = top.map((row) => itemOf({ kind, row, nested: false }, write, byOwner));
    return items.length === 0 ? [] : [{ section: sectionOf(kind), items }];
  });
}

const hasOwner = (kind: Kind, values: BareRow['values']) =>
  kind.owner !== undefined && values[kind.owner] !== null;

/** By `KIND OWNER`: the rows of that kind which stand under that one. */
function groupByOwner(rows: InventoryRows): Map<string, BareRow[]> {
  const groups = new Map<string, BareRow[]>();
  for (const kind of fileKinds) {
    if (kind.owner === undefined) continue;
    for (const row of rows.byKind.get(kind.name) ?? []) {
      const owner = row.values[kind.owner];
      if (owner === null || owner === undefined) continue;
      const key = `${kind.name} ${owner}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
  }
  return groups;
}

interface Writing {
  readonly words: ReferenceWords;
  readonly noted: (kindName: string, row: BareRow) => Noted;
}

function itemOf(
  { kind, row, nested }: { readonly kind: Kind; readonly row: BareRow; readonly nested: boolean },
  writing: Writing,
  byOwner: ReadonlyMap<string, readonly BareRow[]>,
): FileItem {
  const entries: [string, FileValue][] = [];
  for (const name of orderedFields(kind)) {
    const field = kind.fields[name];
    const value = row.values[name] ?? null;
    if (field === undefined || value === null || value === field.standard) continue;
    if (nested && name === kind.owner) continue;
    // A device of a rack is where its rack is; the file says it once.
    if (kind.name === 'device' && name === 'site' && row.values.rack !== null) continue;
    if (field.type === 'reference') {
      entries.push([fieldWord(kind, name), writing.words.of(field.to, String(value))]);
    } else if (kind === customFieldKind && name === 'options') {
      entries.push([name, JSON.parse(String(value)) as string[]]); // as it was written
    } else entries.push([fieldWord(kind, name), fileValue(field, value)]);
  }
  const { tags, custom, notes, attachments } = writing.noted(kind.name, row);
  if (tags.length > 0) entries.push(['tags', tags]);
  if (custom.length > 0) entries.push(['custom', { byName: custom }]);
  entries.push(['id', row.id]);
  const children = childKinds(kind).flatMap((child) => {
    const under = byOwner.get(`${child.name} ${row.id}`) ?? [];
    if (under.length === 0) return [];
    const items = under.map((one) =>
      itemOf({ kind: child, row: one, nested: true }, writing, byOwner),
    );
    return [[childSectionOf(child), items] as const];
  });
  const lists = [
    ['notes', notes],
    ['attachments', attachments],
  ] as const;
  const noted = lists.flatMap(([section, items]) =>
    items.length === 0
      ? []
      : [[section, items.map((item) => ({ entries: item, children: [] }))] as const],
  );
  return { entries, children: [...noted, ...children] };
}

const fieldOrder = new Map<string, readonly string[]>();

/** What names a thing first. */
function orderedFields(kind: Kind): readonly string[] {
  const known = fieldOrder.get(kind.name);
  if (known !== undefined) return known;
  const rest = Object.keys(kind.fields).filter((name) => !kind.key.includes(name));
  const order = [...kind.key, ...rest];
  fieldOrder.set(kind.name, order);
  return order;
}

function fileValue(field: Kind['fields'][string], value: Exclude<FieldValue, null>): FileValue {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  return field.type === 'integer' || field.type === 'units' ? value : formatTyped(field, value);
}

/** Longer than this, a thing inside another takes a line for each field. */
const longestLine = 110;

function block(item: FileItem, indent: string, top = true): string {
  if (!top && item.children.length === 0) {
    const line = flow(item);
    if (line !== undefined && indent.length + line.length <= longestLine)
      return `${indent}- ${line}\n`;
  }
  const inner = `${indent}  `;
  let text = '';
  for (const [word, value] of item.entries) {
    text += `${text === '' ? `${indent}- ` : inner}${word}:${spaced(blockValue(value, inner))}\n`;
  }
  for (const [section, items] of item.children) {
    text += `${inner}${section}:\n`;
    for (const child of items) text += block(child, `${inner}  `, false);
  }
  return text;
}

function blockValue(value: FileValue, indent: string): string {
  if (typeof value === 'object')
    return 'byName' in value ? map(value, indent) : list(value, indent);
  if (typeof value !== 'string') return String(value);
  return literal(value, `${indent}  `) ?? scalar(value);
}

const spaced = (value: string) => (value.startsWith('\n') ? value : ` ${value}`);

function list(values: readonly string[], indent: string): string {
  const line = `[${values.map(scalar).join(', ')}]`;
  if (indent.length + line.length <= longestLine) return line;
  return values.map((value) => `\n${indent}  - ${scalar(value)}`).join('');
}

function map({ byName }: FileMap, indent: string): string {
  const inner = `${indent}  `;
  return byName
    .map(([name, value]) => `\n${inner}${scalar(name)}: ${blockValue(value, inner)}`)
    .join('');
}

function flow({ entries }: FileItem): string | undefined {
  const parts: string[] = [];
  for (const [word, value] of entries) {
    // Longer texts and what a person named have lines of their own.
    if (typeof value === 'object') {
      if ('byName' in value) return undefined;
      parts.push(`${word}: [${value.map(scalar).join(', ')}]`);
      continue;
    }
    if (typeof value === 'string' && value.includes('\n')) return undefined;
    parts.push(`${word}: ${typeof value === 'string' ? scalar(value) : value}`);
  }
  return `{${parts.join(', ')}}`;
}
