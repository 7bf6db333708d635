import type { PickMode } from './table-selection.ts';

interface Keyed {
  readonly key: string;
}

/** Rows that are picked, which go on being picked when their list is read anew. */
export interface KeyedSelection<T extends Keyed> {
  readonly selected: ReadonlyMap<string, T>;
  /** What is selected only follows the cursor; no box is ticked. */
  readonly follows: boolean;
  readonly active: number | null;
  readonly anchor: number | null;
}

export const nothingPicked: KeyedSelection<never> = {
  selected: new Map<string, never>(),
  follows: true,
  active: null,
  anchor: null,
};

interface Picked<T> {
  readonly rows: readonly T[];
  readonly row: T;
  readonly index: number;
}

/** As the table of devices does it: boxes that are ticked stay while the cursor moves on. */
export function pickRow<T extends Keyed>(
  state: KeyedSelection<T>,
  { rows, row, index }: Picked<T>,
  mode: PickMode,
): Partial<KeyedSelection<T>> {
  const { selected, follows, anchor } = state;
  const one = new Map([[row.key, row]]);
  if (mode === 'range' && anchor !== null) {
    const range = rows.slice(Math.min(anchor, index), Math.max(anchor, index) + 1);
    return {
      selected: new Map(range.map((each) => [each.key, each])),
      follows: false,
      active: index,
    };
  }
  if (mode === 'move' && !follows) return { active: index, anchor: index };
  if (mode !== 'tick' && mode !== 'toggle') {
    return { selected: one, follows: mode !== 'range', active: index, anchor: index };
  }
  const next = new Map(mode === 'tick' && follows ? [] : selected);
  if (!next.delete(row.key)) next.set(row.key, row);
  return { selected: next, follows: next.size === 0, active: index, anchor: index };
}
