import { type FieldValue, type Kind, kindOf } from '../../../shared/model/kinds/index.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import type { BareRow, Database } from '../db/index.ts';
import { readAnnotations, type StoredAnnotations, valuesBySubject } from './annotations/stored.ts';
import { fileKinds } from './file-words.ts';

export interface PlacedRow {
  readonly kind: Kind;
  readonly row: BareRow;
}

/** Every row of the inventory at one moment, by kind and by id. */
export interface InventoryRows {
  readonly byKind: ReadonlyMap<string, readonly BareRow[]>;
  readonly byId: ReadonlyMap<string, PlacedRow>;
  /** What is noted of them, which their values hold as well; see annotations/keys.ts. */
  readonly annotations: StoredAnnotations;
}

export function readInventory(db: Database): InventoryRows {
  const byKind = new Map<string, readonly BareRow[]>();
  const byId = new Map<string, PlacedRow>();
  const annotations = readAnnotations(db);
  const noted = valuesBySubject(annotations);
  for (const kind of fileKinds) {
    const rows = db.tables.exchange.all(kind).map((row) => {
      const more = noted.get(row.id);
      return more === undefined ? row : { id: row.id, values: { ...row.values, ...more } };
    });
    byKind.set(kind.name, rows);
    for (const row of rows) byId.set(row.id, { kind, row });
  }
  return { byKind, byId, annotations };
}

type ValuesById = (id: string) => Readonly<Record<string, FieldValue>> | undefined;

/** What rows are called (see `key` of a kind), each worked out once. */
export class Names {
  readonly #names = new Map<string, string>();
  readonly #valuesOf: ValuesById;

  constructor(valuesOf: ValuesById) {
    this.#valuesOf = valuesOf;
  }

  /** The parts of its key with spaces between; empty for an id that nothing has. */
  of(kind: Kind, id: string): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    // What refers to itself, in a file that is wrong, ends here.
    this.#names.set(id, '');
    const values = this.#valuesOf(id);
    const parts = kind.key.map((name) => this.#part(kind, name, values?.[name] ?? null));
    const [only = ''] = parts;
    const name = parts.length === 1 ? only : parts.join(' ').trim();
    this.#names.set(id, name);
    return name;
  }

  #part(kind: Kind, name: string, value: FieldValue): string {
    const field = kind.fields[name];
    if (field === undefined || value === null) return '';
    if (field.type === 'reference') return this.of(kindOf(field.to), String(value));
    return formatTyped(field, value);
  }
}
