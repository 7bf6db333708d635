/** `only` this row, this one added or taken away, or all from the last picked row to this one. */
export type PickMode = 'only' | 'toggle' | 'range';

export interface TableSelection {
  readonly selected: ReadonlySet<string>;
  /** Row that the keyboard stands on. */
  readonly active: number | null;
  readonly onPick: (index: number, mode: PickMode) => void;
  /** Without it rows are picked one at a time and carry no boxes. */
  readonly onSelectAll?: (() => void) | undefined;
  readonly onClear: () => void;
}
