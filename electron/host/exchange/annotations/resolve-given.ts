import { customFieldKind } from '../../../../shared/model/custom-field-kind.ts';
import {
  type CustomField,
  checkCustom,
  parseCustom,
} from '../../../../shared/model/custom-fields.ts';
import { type FieldValue, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newId } from '../../db/index.ts';
import { type FileContent, type FilePlace, fileProblem, type GivenField } from '../file-record.ts';
import type { InventoryRows } from '../inventory-rows.ts';
import type { Lookup } from '../lookup.ts';
import { didYouMean } from '../near-miss.ts';
import type { Wanted } from '../wanted.ts';
import { definitionOf, definitionsByKind } from './definitions.ts';
import { annotationKey, attachmentValue, noteOf, noteValue, partOf, tagKey } from './keys.ts';

interface Needs {
  readonly content: FileContent;
  readonly rows: InventoryRows;
  readonly wanted: ReadonlyMap<string, Wanted>;
  readonly lookup: Lookup;
}

/** Adds to the values of a thing what the file has noted of it. Throws FILE_INVALID. */
export function createGivenResolver({ content, rows, wanted, lookup }: Needs) {
  const isAll = (part: 'tags' | 'notes' | 'custom-fields' | 'attachments') =>
    content.whole && content.with.has(part);
  const spelling = new Map(
    [...rows.annotations.tagNames.values()].map((name) => [tagKey(name), name]),
  );
  const claimed = new Set<string>();
  let fields: ReadonlyMap<string, readonly CustomField[]> | undefined;
  const now = Date.now();

  /** The id of a note or an attachment: the file's own unless something else has it. */
  const idFor = (given: string | null, subjectId: string, place: FilePlace): string => {
    if (given === null) return newId();
    if (claimed.has(given)) throw fileProblem(place, 'this id stands in the file twice');
    if (rows.byId.has(given) || wanted.has(given)) {
      throw fileProblem(place, 'this id belongs to something else');
    }
    const known = rows.annotations.byId.get(given);
    // Copied to another thing: the one that is there stays where it is.
    const id =
      known === undefined || known.subject_id === subjectId || content.whole ? given : newId();
    claimed.add(id);
    return id;
  };

  return (one: Wanted): void => {
    const { record, values, id } = one;
    const { tags, notes, custom, attachments } = record.annotations;
    const current = rows.byId.get(id)?.row.values ?? {};
    const own = Object.keys(current).flatMap((field) => {
      const key = annotationKey(field);
      return key === undefined ? [] : [{ field, ...key }];
    });
    for (const { field, type } of own) {
      if (isAll(partOf[type]) || (type === 'tag' && tags !== null)) values[field] = null;
    }
    for (const { name } of tags ?? []) {
      const key = tagKey(name);
      if (!spelling.has(key)) spelling.set(key, name);
      values[`tag:${key}`] = spelling.get(key) ?? name;
    }
    for (const given of notes) {
      const same = (field: string) =>
        noteOf('', current[field] ?? null).text === given.text && !claimed.has(field.slice(5));
      const found =
        given.id ?? own.find(({ field, type }) => type === 'note' && same(field))?.id ?? null;
      const noteId = idFor(found, id, given.place);
      const field = `note:${noteId}`;
      const before = field in current ? noteOf(noteId, current[field] ?? null) : undefined;
      const at = given.at ?? before?.at ?? now;
      const editedAt = given.editedAt ?? (content.whole ? null : (before?.editedAt ?? null));
      values[field] = noteValue({ id: noteId, text: given.text, at, editedAt });
    }
    for (const [name, given] of custom) {
      const field = customField(one, name, given.place);
      const value = customValue(field, given, String(current[`custom:${field.id}`] ?? ''));
      values[`custom:${field.id}`] = value;
    }
    for (const given of attachments) {
      const attachmentId = idFor(given.id, id, given.place);
      const addedAt = given.addedAt ?? now;
      values[`attachment:${attachmentId}`] = attachmentValue({
        ...given,
        id: attachmentId,
        addedAt,
      });
    }
  };

  function customField({ kind }: Wanted, name: string, place: FilePlace): CustomField {
    fields ??= definitionsByKind(definitions());
    const known = fields.get(kind.name) ?? [];
    const found =
      known.find((one) => one.name === name) ??
      known.find((one) => one.name.toLowerCase() === name.trim().toLowerCase());
    if (found !== undefined) return found;
    const near = didYouMean(
      name,
      known.map((one) => one.name),
    );
    throw fileProblem(place, `a ${kind.name} has no custom field called ${name}${near}`);
  }

  function* definitions(): Iterable<CustomField> {
    const seen = new Set<string>();
    for (const { kind, id, values } of wanted.values()) {
      if (kind !== customFieldKind) continue;
      seen.add(id);
      yield definitionOf(id, { ...rows.byId.get(id)?.row.values, ...values });
    }
    if (isAll('custom-fields')) return;
    for (const { id, values } of rows.byKind.get(customFieldKind.name) ?? []) {
      if (!seen.has(id)) yield definitionOf(id, values);
    }
  }

  /** As the database keeps it: a text, or the id that a reference refers to. */
  function customValue(
    field: CustomField,
    { typed, place }: GivenField,
    current: string,
  ): FieldValue {
    if (typed === null || typed === '') return null;
    if (typed === current) return current;
    if (field.target !== null) {
      const found = lookup.find(kindOf(field.target), typed);
      if ('id' in found) return found.id;
      throw fileProblem(place, found.problem);
    }
    // A text is kept to the blank; what is typed otherwise is understood.
    const isKept = field.type === 'text' || field.type === 'url';
    const exact = isKept ? checkCustom(field, typed) : undefined;
    const parsed = exact !== undefined && 'value' in exact ? exact : parseCustom(field, typed);
    if ('value' in parsed) return parsed.value === null ? null : String(parsed.value);
    throw fileProblem(place, `“${typed.slice(0, 60)}” is not understood: ${parsed.problem}`);
  }
}
