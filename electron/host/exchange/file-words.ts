import { customFieldKind } from '../../../shared/model/custom-field-kind.ts';
import type { Field, Kind } from '../../../shared/model/kinds/index.ts';
import { kinds } from '../../../shared/model/kinds/index.ts';

/** How kinds and fields are called in files. These words are the format: they change with its version only. */

/** Under what the rows of a kind stand that belong to something: the members of a cluster. */
const insideOwner: Readonly<Record<string, string>> = {
  'port-template': 'ports',
  'vlan-membership': 'vlans',
  'address-holder': 'holders',
  'cable-end': 'ends',
  'power-link': 'fed-from',
  'cluster-member': 'members',
  'service-runs-on': 'runs-on',
  'service-port': 'ports',
  'service-depends-on': 'depends-on',
  'storage-use': 'storage',
};

/** In the order of files: the definitions that values go by first. */
export const fileKinds: readonly Kind[] = [customFieldKind, ...kinds];

/** `prefixes`, `ip-ranges`, `service-runs-on`. */
export function sectionOf({ name }: Kind): string {
  if (name.endsWith('-on')) return name;
  return /(s|x|ch)$/.test(name) ? `${name}es` : `${name}s`;
}

/** Under what rows of this kind stand inside their owner. */
export const childSectionOf = (kind: Kind) => insideOwner[kind.name] ?? sectionOf(kind);

const childrenByOwner = new Map<string, readonly Kind[]>();

/** Kinds whose rows belong to one of this kind and stand under it. */
export function childKinds(owner: Kind): readonly Kind[] {
  const known = childrenByOwner.get(owner.name);
  if (known !== undefined) return known;
  const found = fileKinds.filter((kind) => ownerKindOf(kind) === owner.name);
  childrenByOwner.set(owner.name, found);
  return found;
}

export function ownerKindOf(kind: Kind): string | undefined {
  const field = kind.owner === undefined ? undefined : kind.fields[kind.owner];
  return field?.type === 'reference' ? field.to : undefined;
}

/** Letters and digits alone: `Rack unit`, `rack-unit` and `rackUnit` are one word. */
export const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The kind whose rows stand under this word, at the top of a file or inside a thing. */
export function kindOfSection(word: string, owner: Kind | null): Kind | undefined {
  const wanted = plain(word);
  const among = owner === null ? fileKinds : childKinds(owner);
  return among.find((kind) =>
    [owner === null ? '' : childSectionOf(kind), sectionOf(kind), kind.name, kind.plural]
      .map(plain)
      .includes(wanted),
  );
}

/** `memoryBytes` → `memory`: the unit stands with the value. */
export function fieldWord(kind: Kind, name: string): string {
  const short = name.replace(/(?<=[a-z])(Bytes|Mbps|Units)$/, '');
  return Object.hasOwn(kind.fields, short) ? name : short;
}

const fieldsByWord = new Map<string, string>();

/** Also by its own name and as the window calls it. */
export function fieldOfWord(kind: Kind, word: string): string | undefined {
  const key = `${kind.name} ${word}`;
  const known = fieldsByWord.get(key);
  if (known !== undefined) return known;
  const wanted = plain(word);
  const names = Object.keys(kind.fields);
  const called = (text: (name: string, field: Field | undefined) => string) =>
    names.find((name) => plain(text(name, kind.fields[name])) === wanted);
  const found =
    called((name) => fieldWord(kind, name)) ??
    called((name) => name) ??
    called((name, field) => field?.label ?? name);
  // Only words that are right, of which there are few.
  if (found !== undefined) fieldsByWord.set(key, found);
  return found;
}
