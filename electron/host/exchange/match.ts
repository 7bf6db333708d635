import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import { type FileRecord, fileProblem } from './file-record.ts';
import type { InventoryRows } from './inventory-rows.ts';

/** Id of the row that a thing of the file is, or undefined where it is a new one. */
export type Matcher = (
  record: FileRecord,
  key: Readonly<Record<string, FieldValue>>,
) => string | undefined;

/**
 * By id, else by what names it: in the same letters first, then in any case. A kind whose key is not
 * unique is only known by it where a single row has it.
 */
export function createMatcher(kind: Kind, rows: InventoryRows): Matcher {
  const taken = new Set<string>();
  let index: ReadonlyMap<string, readonly string[]> | undefined;
  // An owner alone names nothing: a service may use several stores.
  const isTelling = kind.named || kind.key.some((name) => name !== kind.owner);
  const byKey = (key: Readonly<Record<string, FieldValue>>): string | undefined => {
    if (!isTelling || (!kind.named && kind.key.some((name) => isLoose(kind, key, name)))) {
      return undefined;
    }
    index ??= indexOf(kind, rows);
    const free = (text: string) => (index?.get(text) ?? []).filter((id) => !taken.has(id));
    const exact = free(keyText(kind, key));
    const ids = exact.length > 0 ? exact : free(keyText(kind, key).toLowerCase());
    return ids.length === 1 ? ids[0] : undefined;
  };
  return (record, key) => {
    const found = byId(record, kind, rows) ?? byKey(key);
    if (found !== undefined) taken.add(found);
    return found;
  };
}

/** Without a value, one part of the key says nothing: an address without an interface, a GPU without a slot. */
function isLoose(kind: Kind, key: Readonly<Record<string, FieldValue>>, name: string): boolean {
  return key[name] === null && name !== kind.owner;
}

function byId({ id, place }: FileRecord, kind: Kind, rows: InventoryRows): string | undefined {
  const known = id === null ? undefined : rows.byId.get(id);
  if (known === undefined) return undefined;
  if (known.kind === kind) return known.row.id;
  throw fileProblem(place, `this id belongs to a ${known.kind.name}`);
}

function indexOf(kind: Kind, rows: InventoryRows): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  const add = (text: string, id: string) => {
    const known = index.get(text);
    if (known === undefined) index.set(text, [id]);
    else if (!known.includes(id)) known.push(id);
  };
  for (const { id, values } of rows.byKind.get(kind.name) ?? []) {
    const text = keyText(kind, values);
    add(text, id);
    add(text.toLowerCase(), id);
  }
  return index;
}

/** The same address with another prefix length is the same address. */
function keyText(kind: Kind, values: Readonly<Record<string, FieldValue>>): string {
  const parts = kind.key.map((name) => {
    const value = values[name] ?? null;
    if (value === null) return '';
    return kind.fields[name]?.type === 'host-address' ? String(value).replace(/\/.*/, '') : value;
  });
  return JSON.stringify(parts);
}
