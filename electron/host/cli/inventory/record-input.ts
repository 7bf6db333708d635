import { parseCustom } from '../../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type FieldValue,
  type Kind,
  type KindName,
  kindNames,
  kindOf,
} from '../../../../shared/model/kinds/index.ts';
import { parseTyped } from '../../../../shared/model/kinds/typed.ts';
import type { Records } from '../../records/index.ts';
import { tagsColumn, type WideKind } from './custom-columns.ts';

export function isKind(word: string | undefined): word is KindName {
  return kindNames.some((name) => name === word);
}

/** Throws INVALID_INPUT that lists the kinds. `devices` is understood as `device`. */
export function kindNamed(word: string): Kind {
  const plain = word.toLowerCase();
  const name = [plain, plain.replace(/s$/, ''), plain.replace(/es$/, '')].find(isKind);
  if (name !== undefined) return kindOf(name);
  throw new RackhelmError('INVALID_INPUT', `There is no kind called ${word}.`, {
    hint: `The kinds are ${kindNames.join(', ')}.`,
  });
}

/** The words of a command line: the name that they make, and what is assigned. */
export interface RecordWords {
  readonly name: string;
  readonly assigned: readonly (readonly [field: string, typed: string])[];
}

/** `pi-1 eth0 speed=1g`: a name of one or more words, then fields. */
export function readWords(words: readonly string[]): RecordWords {
  const first = words.findIndex((word) => /^[\p{L}\p{N}_][\p{L}\p{N}_ -]*=/u.test(word));
  const cut = first === -1 ? words.length : first;
  const assigned = words.slice(cut).map((word) => {
    const at = word.indexOf('=');
    if (at > 0) return [word.slice(0, at), word.slice(at + 1)] as const;
    throw new RackhelmError('INVALID_INPUT', `“${word}” is no field=value.`, {
      hint: 'The name comes first, then the fields; quote values that hold spaces.',
    });
  });
  return { name: words.slice(0, cut).join(' '), assigned };
}

/**
 * The values that were typed, by field; a reference by the name of what is meant, or its id. Throws
 * INVALID_INPUT with the field and what would do, NOT_FOUND for a name that nothing has.
 */
export function typedValues(
  records: Records,
  kind: WideKind,
  assigned: RecordWords['assigned'],
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const [word, typed] of assigned) {
    const name = fieldNamed(kind, word);
    if (Object.hasOwn(values, name)) {
      throw new RackhelmError('INVALID_INPUT', `${word} is given twice.`);
    }
    values[name] = typedValue(records, kind, { name, typed });
  }
  return values;
}

function typedValue(
  records: Records,
  kind: WideKind,
  { name, typed }: { readonly name: string; readonly typed: string },
): FieldValue {
  const field = kind.fields[name];
  if (field === undefined) throw new Error(`${kind.name} has no field ${name}`);
  if (name === tagsColumn) return typed.trim();
  if (field.type === 'reference') {
    return typed.trim() === '' ? null : find(records, field.to as KindName, typed).id; // references go to kinds of the list
  }
  const own = kind.customFields?.get(name);
  const parsed = own === undefined ? parseTyped(field, typed) : parseCustom(own, typed);
  if ('value' in parsed) return parsed.value;
  throw new RackhelmError('INVALID_INPUT', `${field.label}: “${typed}” is not understood.`, {
    hint: parsed.problem,
    data: { field: name },
  });
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By id or by name. Throws NOT_FOUND, or INVALID_INPUT when several go by that name. */
export function find(records: Records, kind: KindName, word: string) {
  const name = word.trim();
  return idPattern.test(name)
    ? records.get({ kind, id: name.toLowerCase() }).record
    : records.named(kind, name);
}

/** `heightUnits`, `height-units` and `Height Units` are the same field. */
export function fieldNamed(kind: Kind, word: string): string {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const wanted = plain(word);
  const entries = Object.entries(kind.fields);
  const found =
    entries.find(([name]) => plain(name) === wanted) ??
    entries.find(([, { label }]) => plain(label) === wanted);
  if (found !== undefined) return found[0];
  throw new RackhelmError('INVALID_INPUT', `A ${kind.name} has no field called ${word}.`, {
    hint: `It has ${entries.map(([name, { label }]) => (name.includes(':') ? label : name)).join(', ')}.`,
    data: { field: word },
  });
}

/** Puts a name of several words into the fields that name a thing: `pi-1 eth0` into device and name. */
export function namedValues(
  records: Records,
  kind: Kind,
  words: readonly string[],
): Record<string, FieldValue> {
  if (words.length === 0) return {};
  const parts =
    words.length > kind.key.length
      ? [
          words.slice(0, words.length - kind.key.length + 1).join(' '),
          ...words.slice(words.length - kind.key.length + 1),
        ]
      : [...words];
  // The last word belongs to the last part of the key, so that a name without its owner works too.
  const fields = kind.key.slice(kind.key.length - parts.length);
  return typedValues(
    records,
    kind,
    fields.map((field, index) => [field, parts[index] ?? ''] as const),
  );
}
