import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { pickRow } from '../../../ui/data-table/pick-row.ts';
import type { PickMode } from '../../../ui/data-table/table-selection.ts';

/** Rows that are picked in a list that moves by itself: by key, and with what was known of them. */
export interface PickedRows {
  readonly selected: ReadonlyMap<string, ClusterRow>;
  /** What is selected only follows the keyboard; no box is ticked. */
  readonly follows: boolean;
  /** The row that the keyboard stands on: it is followed when the list moves around it. */
  readonly active: { readonly key: string; readonly index: number } | null;
  /** Where a range began. */
  readonly anchor: string | null;
}

export const noRowsPicked: PickedRows = {
  selected: new Map(),
  follows: true,
  active: null,
  anchor: null,
};

/** As many as may be acted on at once. */
export const mostPicked = 100;

interface Part {
  readonly rows: readonly ClusterRow[];
  /** Of the first of them, in the whole list. */
  readonly offset: number;
}

/** A range reaches as far as rows are known. */
export function pick(
  before: PickedRows,
  { rows, offset }: Part,
  { index, mode }: { readonly index: number; readonly mode: PickMode },
): PickedRows {
  const row = rows[index - offset];
  if (row === undefined) return before;
  const at = (key: string | undefined) => {
    const found = rows.findIndex((each) => each.key === key);
    return found < 0 ? null : found;
  };
  const state = {
    ...before,
    active: at(before.active?.key),
    anchor: at(before.anchor ?? undefined),
  };
  const next = { ...state, ...pickRow(state, { rows, row, index: index - offset }, mode) };
  const selected = new Map([...next.selected].slice(0, mostPicked));
  const anchor = next.anchor === null ? null : (rows[next.anchor]?.key ?? null);
  return { selected, follows: next.follows, active: { key: row.key, index }, anchor };
}

export function pickAll(before: PickedRows, rows: readonly ClusterRow[]): PickedRows {
  const all = rows.slice(0, mostPicked);
  return { ...before, selected: new Map(all.map((row) => [row.key, row])), follows: false };
}

/** How they stand by now; those that are known to be gone are not picked any more. */
export function afterWindow(
  before: PickedRows,
  rows: readonly ClusterRow[],
  isWhole: boolean,
): PickedRows {
  if (before.selected.size === 0) return before;
  const now = new Map(rows.map((row) => [row.key, row]));
  const selected = new Map<string, ClusterRow>();
  for (const [key, old] of before.selected) {
    const row = now.get(key) ?? (isWhole ? undefined : old);
    if (row !== undefined) selected.set(key, row);
  }
  return { ...before, selected, follows: before.follows || selected.size === 0 };
}
