import type { Facts } from '../../shared/model/facts.ts';
import { insertSlice, type Slice, slice } from './facts/index.ts';

/** A part of facts on its way to a thread: a message is copied at once, and a large one takes long. */
export interface FactsPiece {
  readonly section: string;
  /** The first of some items that belong together. */
  readonly begins: boolean;
  readonly slice: Slice;
}

const itemsTogether = 200;

/** The lists of facts, piece by piece; each is made when it is asked for. */
export function* piecesOf({ sections }: Facts): Generator<FactsPiece, void, void> {
  for (const [name, section] of Object.entries(sections)) {
    if (section.status !== 'ok' || !Array.isArray(section.data)) continue;
    for (let at = 0; at < section.data.length; at += itemsTogether) {
      const items: readonly unknown[] = section.data.slice(at, at + itemsTogether);
      const { rest, slices } = slice(items);
      const whole = { path: [], items: slices.length === 0 ? items : (rest as unknown[]) }; // it was a list
      let begins = true;
      for (const one of slices.length === 0 ? [whole] : slices) {
        yield { section: name, begins, slice: one };
        begins = false;
      }
    }
  }
}

/** The facts with all lists of sections empty. */
export function withoutLists(facts: Facts): Facts {
  return withLists(facts, () => []);
}

/** Puts facts together again from what arrived. */
export class FactsParcel {
  readonly #lists = new Map<string, unknown[][]>();

  add({ section, begins, slice: one }: FactsPiece): void {
    const lists = this.#lists.get(section) ?? [];
    this.#lists.set(section, lists);
    if (begins) lists.push([]);
    insertSlice(lists.at(-1), one);
  }

  whole(facts: Facts): Facts {
    return withLists(facts, (name) => this.#lists.get(name)?.flat() ?? []);
  }
}

function withLists(facts: Facts, listOf: (section: string) => unknown[]): Facts {
  const sections = Object.entries(facts.sections).map(([name, section]) => {
    const isList = section.status === 'ok' && Array.isArray(section.data);
    return [name, isList ? { ...section, data: listOf(name) } : section];
  });
  // Each section stands under the name that it had.
  return { ...facts, sections: Object.fromEntries(sections) as Facts['sections'] };
}
