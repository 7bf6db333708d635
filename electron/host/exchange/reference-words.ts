import { kindOf } from '../../../shared/model/kinds/index.ts';
import { type InventoryRows, Names } from './inventory-rows.ts';

const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isId = (text: string) => idPattern.test(text);

/** References by name where that is clear, by id else. */
export class ReferenceWords {
  readonly #rows: InventoryRows;
  readonly #names: Names;
  readonly #ambiguous = new Map<string, ReadonlySet<string>>();

  constructor(rows: InventoryRows) {
    this.#rows = rows;
    this.#names = new Names((id) => rows.byId.get(id)?.row.values);
  }

  of(kindName: string, id: string): string {
    const name = this.#names.of(kindOf(kindName), id);
    const isClear =
      name !== '' && name === name.trim() && !isId(name) && !this.#ambiguousIn(kindName).has(name);
    return isClear ? name : id;
  }

  #ambiguousIn(kindName: string): ReadonlySet<string> {
    const known = this.#ambiguous.get(kindName);
    if (known !== undefined) return known;
    const kind = kindOf(kindName);
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const { id } of this.#rows.byKind.get(kindName) ?? []) {
      const name = this.#names.of(kind, id);
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
    this.#ambiguous.set(kindName, twice);
    return twice;
  }
}
