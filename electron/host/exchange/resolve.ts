import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import { type FieldValue, type Kind, kindOf } from '../../../shared/model/kinds/index.ts';
import { parseTyped } from '../../../shared/model/kinds/typed.ts';
import { newId } from '../db/index.ts';
import { checkDefinition } from './annotations/definitions.ts';
import { createGivenResolver } from './annotations/resolve-given.ts';
import { type FileContent, type FilePlace, type FileRecord, fileProblem } from './file-record.ts';
import { fieldWord, fileKinds } from './file-words.ts';
import type { InventoryRows } from './inventory-rows.ts';
import { Lookup } from './lookup.ts';
import { createMatcher, type Matcher } from './match.ts';
import type { Wanted } from './wanted.ts';

/**
 * Finds out which row each thing of a file is, what it refers to, and what its texts mean. Throws
 * FILE_INVALID with the place for whatever is not understood. Kinds go in order, so that what names a
 * thing is known before it is looked for.
 */
export function resolve(content: FileContent, rows: InventoryRows): readonly Wanted[] {
  const byKind = groupByKind(content.records);
  const wantedById = new Map<string, Wanted>();
  const byRecord = new Map<FileRecord, Wanted>();
  const lookup = new Lookup(rows, wantedById, content.whole);
  const reader: Reader = { rows, lookup, byRecord, whole: content.whole };
  for (const kind of fileKinds) {
    const records = byKind.get(kind.name) ?? [];
    const match = createMatcher(kind, rows);
    // Those that are known by their id first, so that no other is taken for one of them.
    const isKnown = ({ id }: FileRecord) => id !== null && rows.byId.has(id);
    for (const record of [...records.filter(isKnown), ...records.filter((one) => !isKnown(one))]) {
      const key = readKey(record, reader);
      const wanted = begin(record, key, match);
      byRecord.set(record, wanted);
      const other = wantedById.get(wanted.id);
      if (other !== undefined) {
        const where = `this is the same ${kind.name} as in line ${other.place.line}`;
        throw fileProblem(record.place, where);
      }
      wantedById.set(wanted.id, wanted);
    }
    lookup.know(kind);
  }
  const resolveGiven = createGivenResolver({ content, rows, wanted: wantedById, lookup });
  for (const wanted of wantedById.values()) {
    complete(wanted, reader);
    // Definitions come first, so that values find theirs.
    if (wanted.kind !== customFieldKind) resolveGiven(wanted);
    else checkDefinition(wanted, rows.byId.get(wanted.id)?.row.values);
  }
  return [...wantedById.values()];
}

interface Reader {
  readonly rows: InventoryRows;
  readonly lookup: Lookup;
  readonly byRecord: ReadonlyMap<FileRecord, Wanted>;
  readonly whole: boolean;
}

function groupByKind(records: readonly FileRecord[]): Map<string, FileRecord[]> {
  const groups = new Map<string, FileRecord[]>();
  for (const record of records) {
    const group = groups.get(record.kind.name);
    if (group === undefined) groups.set(record.kind.name, [record]);
    else group.push(record);
  }
  return groups;
}

/** What names a thing: its own fields, and what it stands under or refers to by them. */
function readKey(record: FileRecord, reader: Reader): Record<string, FieldValue> {
  const { kind, owner } = record;
  const known = record.id === null ? undefined : reader.rows.byId.get(record.id)?.row.values;
  const key: Record<string, FieldValue> = {};
  if (owner !== null && kind.owner !== undefined) {
    key[kind.owner] = reader.byRecord.get(owner)?.id ?? null;
  }
  for (const name of kind.key) {
    if (name in key) continue;
    const given = record.fields.get(name);
    if (given !== undefined) key[name] = readField(record, name, reader);
    else if (known !== undefined && !reader.whole) key[name] = known[name] ?? null;
    else key[name] = kind.fields[name]?.standard ?? null;
  }
  return key;
}

function begin(record: FileRecord, key: Record<string, FieldValue>, match: Matcher): Wanted {
  const { kind, place, id } = record;
  const found = match(record, key);
  return {
    kind,
    place,
    record,
    id: found ?? id ?? newId(),
    isNew: found === undefined,
    values: key,
  };
}

function complete(wanted: Wanted, reader: Reader): void {
  const { kind, record, values, isNew } = wanted;
  const all = isNew || reader.whole;
  for (const [name, field] of Object.entries(kind.fields)) {
    if (!(name in values)) {
      if (record.fields.has(name)) values[name] = readField(record, name, reader);
      else if (all) values[name] = field.standard ?? null;
      else continue;
    }
    if (!all && !record.fields.has(name) && name !== kind.owner) continue;
    if (field.required === true && values[name] === null) {
      if (field.standard !== undefined) values[name] = field.standard;
      else throw missing(record, name);
    }
  }
  // A device of a rack is where its rack is.
  if (kind.name === 'device' && !record.fields.has('site') && typeof values.rack === 'string') {
    values.site = reader.lookup.valuesOf(values.rack)?.site ?? null;
  }
}

function missing({ kind, place, fields }: FileRecord, name: string) {
  const at = fields.get(name)?.place ?? place;
  const label = kind.fields[name]?.label ?? name;
  return fileProblem(at, `a ${kind.name} needs ${fieldWord(kind, name)} (${label})`);
}

function readField(record: FileRecord, name: string, reader: Reader): FieldValue {
  const { kind } = record;
  const field = kind.fields[name];
  const given = record.fields.get(name);
  if (field === undefined || given === undefined || given.typed === null) return null;
  if (field.type === 'reference')
    return reference(kindOf(field.to), given.typed, given.place, reader);
  // What stands in the inventory already may be as machines told it, which nobody would type.
  const current =
    record.id === null ? undefined : reader.rows.byId.get(record.id)?.row.values[name];
  if (current === given.typed) return current;
  // Line breaks and blanks of a longer text are kept as they are.
  const isKept = given.typed !== '' || kind === customFieldKind;
  if (field.type === 'long-text' && isKept && given.typed.length <= field.most) {
    return given.typed;
  }
  const parsed = parseTyped(field, given.typed);
  if ('value' in parsed) return parsed.value;
  throw fileProblem(
    given.place,
    `“${shortened(given.typed)}” is not understood: ${parsed.problem}`,
  );
}

function reference(kind: Kind, typed: string, place: FilePlace, { lookup }: Reader): FieldValue {
  const found = lookup.find(kind, typed);
  if ('id' in found) return found.id;
  throw fileProblem(place, found.problem);
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
