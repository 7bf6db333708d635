import type { Field, Kind } from '../../../../shared/model/kinds/index.ts';
import type { Values } from '../../../../shared/model/kinds/schema.ts';
import { nextName } from '../../../../shared/model/name-count.ts';
import { formatAddress } from '../../../../shared/network/address.ts';
import { parseHostAddress, prefixOf, usableRange } from '../../../../shared/network/prefix.ts';
import { blank, type FieldDraft, firstDraft, readDraft } from './field-draft.ts';

/** What is seen at once, and what waits below. */
export interface FormFields {
  readonly first: readonly string[];
  readonly rest: readonly string[];
}

const seenAtOnce = 6;
const seldom: ReadonlySet<string> = new Set(['ordinal', 'slug']);

/** The key, whatever must be said, and the next few as the kind lists them. */
export function formFields(kind: Kind, given: readonly string[] = []): FormFields {
  const names = Object.keys(kind.fields);
  const needed = (name: string) => {
    const field = kind.fields[name];
    return field?.required === true && field.standard === undefined;
  };
  const must = names.filter(
    (name) => kind.key.includes(name) || needed(name) || given.includes(name),
  );
  const room = Math.max(0, seenAtOnce - must.length);
  const next = names.filter((name) => !must.includes(name) && !seldom.has(name)).slice(0, room);
  const first = names.filter((name) => must.includes(name) || next.includes(name));
  return { first, rest: names.filter((name) => !first.includes(name)) };
}

export type Drafts = Readonly<Record<string, FieldDraft>>;

/** A form before anything was typed; of a reference in `values` the name comes later. */
export function firstDrafts(kind: Kind, values: Values): Drafts {
  return Object.fromEntries(
    Object.entries(kind.fields).map(([name, field]) => {
      const value = values[name];
      if (value === undefined || value === null) return [name, firstDraft(field)];
      return [name, draftOfGiven(field, value)];
    }),
  );
}

function draftOfGiven(field: Field, value: string | number | boolean): FieldDraft {
  if (field.type === 'reference') return { text: '', id: String(value) };
  return { text: typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value) };
}

export interface ReadForm {
  readonly values: Values;
  readonly problems: Readonly<Record<string, string>>;
}

/** What the form says; fields that are not declared are left out. */
export function readForm(kind: Kind, drafts: Drafts): ReadForm {
  const values: Record<string, Values[string]> = {};
  const problems: Record<string, string> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    const typed = readDraft(field, drafts[name] ?? blank);
    if ('problem' in typed) problems[name] = typed.problem;
    else if (typed.value !== null) values[name] = typed.value;
  }
  return { values, problems };
}

/** The one after `10.0.0.11/24` in the same prefix; none after its last. */
function nextAddress(text: string): string {
  const read = parseHostAddress(text);
  if (read === undefined) return '';
  const { address, length } = read;
  const next = { ...address, value: address.value + 1n };
  const { last } = usableRange(prefixOf(address, length));
  return next.value > last ? '' : `${formatAddress(next)}/${length}`;
}

/** The form for the next one: a name or an address counts on, what else only one may have is empty again. */
export function nextDrafts(kind: Kind, drafts: Drafts): Drafts {
  const unique = [...kind.key, ...(kind.name === 'vlan' ? ['number'] : [])];
  const changed = unique.flatMap((name): [string, FieldDraft][] => {
    const field = kind.fields[name];
    if (field === undefined || field.type === 'reference' || field.type === 'choice') return [];
    const text = drafts[name]?.text ?? '';
    if (field.type === 'host-address') return [[name, { text: nextAddress(text) }]];
    const counts = field.type === 'text' && text !== '';
    return [[name, counts ? { text: nextName(text, () => false) } : firstDraft(field)]];
  });
  return { ...drafts, ...Object.fromEntries(changed) };
}
