/**
 * `only` this row, this one added or taken away, or all from the last picked row to this one. `tick`
 * works its box; `move` only goes there, and takes along what merely followed the cursor.
 */
export type PickMode = 'only' | 'toggle' | 'range' | 'tick' | 'move';

export interface TableSelection {
  readonly selected: ReadonlySet<string>;
  /** What is selected only follows the cursor: its box is not ticked. */
  readonly follows?: boolean;
  /** Row that the keyboard stands on. */
  readonly active: number | null;
  readonly onPick: (index: number, mode: PickMode) => void;
  /** Without it rows are picked one at a time and carry no boxes. */
  readonly onSelectAll?: (() => void) | undefined;
  readonly onClear: () => void;
}
