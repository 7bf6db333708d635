import type { FieldValue, Kind } from '../../../shared/model/kinds/index.ts';
import { type InventoryRows, Names } from './inventory-rows.ts';
import { didYouMean } from './near-miss.ts';
import { isId } from './reference-words.ts';
import type { Wanted } from './wanted.ts';

type Found = { readonly id: string } | { readonly problem: string };

interface Index {
  readonly exact: ReadonlyMap<string, readonly string[]>;
  readonly folded: ReadonlyMap<string, readonly string[]>;
}

/** Names are compared with so many for one that is near. */
const mostCompared = 20_000;

/** Things by what they are called once the file is in: as it calls them, and the rest as it stands. */
export class Lookup {
  readonly #rows: InventoryRows;
  readonly #wanted: ReadonlyMap<string, Wanted>;
  readonly #names: Names;
  readonly #indexes = new Map<string, Index>();
  readonly #lastParts = new Map<string, ReadonlyMap<string, readonly string[]>>();
  readonly #formerNames = new Map<string, ReadonlyMap<string, readonly string[]>>();
  /** Ids that a file gives to things that the inventory has under another one. */
  readonly #renamed = new Map<string, string>();

  readonly #onlyWanted: boolean;

  /** `onlyWanted`: what the file does not have is not there to be referred to. */
  constructor(rows: InventoryRows, wanted: ReadonlyMap<string, Wanted>, onlyWanted: boolean) {
    this.#rows = rows;
    this.#onlyWanted = onlyWanted;
    this.#wanted = wanted;
    this.#names = new Names((id) => this.valuesOf(id));
  }

  valuesOf(id: string): Readonly<Record<string, FieldValue>> | undefined {
    const wanted = this.#wanted.get(id)?.values;
    const row = this.#rows.byId.get(id)?.row.values;
    return wanted === undefined ? row : { ...row, ...wanted };
  }

  nameOf(kind: Kind, id: string): string {
    return this.#names.of(kind, id);
  }

  /** All things of this kind are known by what names them: from now on they can be looked up. */
  know(kind: Kind): void {
    for (const { kind: own, id, record } of this.#wanted.values()) {
      if (own === kind && record.id !== null && record.id !== id) this.#renamed.set(record.id, id);
    }
  }

  find(kind: Kind, typed: string): Found {
    if (isId(typed)) return this.#byId(kind, typed.toLowerCase());
    const { exact, folded } = this.#index(kind);
    const trimmed = typed.trim();
    const ids =
      exact.get(typed) ??
      exact.get(trimmed) ??
      folded.get(trimmed.toLowerCase()) ??
      this.#byLastPart(kind).get(trimmed.toLowerCase()) ??
      this.#byFormerName(kind).get(trimmed) ??
      [];
    const [id] = ids;
    if (id !== undefined && ids.length === 1) return { id };
    if (id !== undefined)
      return { problem: `several ${kind.plural} are called ${typed}; use the id` };
    const near =
      exact.size > mostCompared
        ? ''
        : didYouMean(trimmed, [...exact.keys(), ...this.#byLastPart(kind).keys()]);
    return { problem: `there is no ${kind.name} called ${typed}${near}` };
  }

  #byId(kind: Kind, given: string): Found {
    const id = this.#renamed.get(given) ?? given;
    const there = this.#onlyWanted ? undefined : this.#rows.byId.get(id)?.kind;
    const own = this.#wanted.get(id)?.kind ?? there;
    return own === kind ? { id } : { problem: `there is no ${kind.name} with this id` };
  }

  #ids(kind: Kind): Iterable<string> {
    const ids = this.#onlyWanted ? [] : (this.#rows.byKind.get(kind.name) ?? []);
    const found = new Set(ids.map(({ id }) => id));
    for (const wanted of this.#wanted.values()) if (wanted.kind === kind) found.add(wanted.id);
    return found;
  }

  #index(kind: Kind): Index {
    const known = this.#indexes.get(kind.name);
    if (known !== undefined) return known;
    const exact = new Map<string, string[]>();
    const folded = new Map<string, string[]>();
    for (const id of this.#ids(kind)) {
      const name = this.nameOf(kind, id);
      push(exact, name, id);
      push(folded, name.toLowerCase(), id);
    }
    const index = { exact, folded };
    this.#indexes.set(kind.name, index);
    return index;
  }

  /** Who changes a name in one place of a file need not look for all others. */
  #byFormerName(kind: Kind): ReadonlyMap<string, readonly string[]> {
    const known = this.#formerNames.get(kind.name);
    if (known !== undefined) return known;
    const before = new Names((id) => this.#rows.byId.get(id)?.row.values);
    const names = new Map<string, string[]>();
    for (const { id } of this.#rows.byKind.get(kind.name) ?? []) {
      if (this.#wanted.has(id)) push(names, before.of(kind, id), id);
    }
    this.#formerNames.set(kind.name, names);
    return names;
  }

  /** `Rack A` for the rack of that name at whatever site, where there is only one. */
  #byLastPart(kind: Kind): ReadonlyMap<string, readonly string[]> {
    const known = this.#lastParts.get(kind.name);
    if (known !== undefined) return known;
    const parts = new Map<string, string[]>();
    const last = kind.key.length > 1 ? kind.key.at(-1) : undefined;
    for (const id of last === undefined ? [] : this.#ids(kind)) {
      const part = last === undefined ? null : this.valuesOf(id)?.[last];
      if (typeof part === 'string') push(parts, part.toLowerCase(), id);
    }
    this.#lastParts.set(kind.name, parts);
    return parts;
  }
}

function push(map: Map<string, string[]>, key: string, id: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [id]);
  else known.push(id);
}
