// biome-ignore-all lint/a11y/useSemanticElements: a grid of cells that are chosen is no table
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one stop for the keyboard, see aria-activedescendant
import { type KeyboardEvent, type PointerEvent, useId, useRef } from 'react';
import { type AddressCell, cellText, stepFrom } from './address-cells.ts';
import classes from './address-map.module.css';
import { rangeWord } from './network-words.ts';

/** From the first to the last cell, in either direction: where it began, and where it is now. */
export interface CellRange {
  readonly anchor: number;
  readonly at: number;
}

interface AddressGridProps {
  readonly label: string;
  readonly cells: readonly AddressCell[];
  readonly selected: CellRange | null;
  readonly onSelect: (range: CellRange | null) => void;
  /** Enter, or a double press. */
  readonly onOpen: () => void;
}

const columnsFor = (count: number) => (count <= 256 ? Math.min(16, count) : 32);

/**
 * Every address of a prefix, sixteen in a row. Dragging, or Shift with the arrow keys, chooses a range.
 */
export function AddressGrid({ label, cells, selected, onSelect, onOpen }: AddressGridProps) {
  const baseId = useId();
  const dragging = useRef(false);
  const columns = columnsFor(cells.length);
  const [low, high] =
    selected === null
      ? [-1, -1]
      : [Math.min(selected.anchor, selected.at), Math.max(selected.anchor, selected.at)];

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const { at, anchor } = selected ?? { at: 0, anchor: 0 };
    if (selected !== null && (event.key === 'Escape' || event.key === 'Enter')) {
      event.preventDefault();
      if (event.key === 'Enter') onOpen();
      else onSelect(null);
      return;
    }
    const next = stepFrom(event.key, { at, count: cells.length, columns });
    if (next === null) return;
    const to = selected === null ? 0 : next;
    event.preventDefault();
    onSelect({ at: to, anchor: event.shiftKey ? anchor : to });
    document.getElementById(`${baseId}-${to}`)?.scrollIntoView({ block: 'nearest' });
  }

  function onPointer(event: PointerEvent<HTMLDivElement>): void {
    const index = indexAt(event);
    if (index === null) return;
    if (event.type === 'pointerdown' && event.button === 0) {
      dragging.current = true;
      const anchor = event.shiftKey && selected !== null ? selected.anchor : index;
      onSelect({ anchor, at: index });
    } else if (dragging.current && event.buttons === 1 && selected !== null) {
      if (selected.at !== index) onSelect({ ...selected, at: index });
    } else dragging.current = false;
  }

  const rows = Math.ceil(cells.length / columns);
  return (
    <div
      className={classes.grid}
      role="grid"
      tabIndex={0}
      aria-label={label}
      aria-multiselectable
      aria-activedescendant={selected === null ? undefined : `${baseId}-${selected.at}`}
      data-columns={columns}
      data-wide={columns > 16 || undefined}
      style={{ '--columns': columns }}
      onKeyDown={onKeyDown}
      onPointerDown={onPointer}
      onPointerMove={onPointer}
      onDoubleClick={onOpen}
    >
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
        <div key={row} role="row" className={classes.row}>
          {cells.slice(row * columns, (row + 1) * columns).map((cell, place) => {
            const index = row * columns + place;
            const chosen = index >= low && index <= high;
            return (
              <Cell
                key={cell.address}
                id={`${baseId}-${index}`}
                index={index}
                cell={cell}
                chosen={chosen}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

function indexAt({ target }: PointerEvent): number | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  return cell === null ? null : Number(cell.dataset.index);
}

interface CellProps {
  readonly id: string;
  readonly index: number;
  readonly cell: AddressCell;
  readonly chosen: boolean;
}

function Cell({ id, index, cell, chosen }: CellProps) {
  const { end, state, range, who, twice } = cell;
  const text = cellText(cell);
  return (
    <div
      id={id}
      role="gridcell"
      className={classes.cell}
      data-index={index}
      data-state={state}
      data-range={range?.role}
      data-twice={twice || undefined}
      aria-selected={chosen}
      title={text}
    >
      <span className="rh-hidden">{text}</span>
      <span className={classes.end} aria-hidden>
        {end}
        {twice && '!'}
      </span>
      <span className={classes.who} aria-hidden>
        {who ?? markOf(cell)}
      </span>
      {range?.begins && (
        <span className={classes.rangeName} aria-hidden>
          {rangeWord(range.role)}
        </span>
      )}
    </div>
  );
}

function markOf({ state }: AddressCell): string {
  if (state === 'network') return 'network';
  if (state === 'broadcast') return 'broadcast';
  return state === 'anycast' ? 'router' : '';
}
