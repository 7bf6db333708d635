// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be laid out by a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one stop for the keyboard, see aria-activedescendant

import { type MouseEvent, memo, type PointerEvent } from 'react';
import { isolated } from '../isolate.ts';
import type { DataColumn } from './columns.ts';
import classes from './data-table.module.css';
import { RowBox } from './row-box.tsx';
import type { PickMode } from './table-selection.ts';

interface DataTableRowProps<T> {
  readonly id: string;
  readonly index: number;
  readonly top: number;
  readonly row: T | undefined;
  readonly name: string;
  readonly columns: readonly DataColumn<T>[];
  readonly selected: boolean;
  /** Being selected means that the box is ticked. */
  readonly ticked: boolean;
  readonly active: boolean;
  readonly multiple: boolean;
  readonly onPick: (index: number, mode: PickMode) => void;
  readonly onOpen?: ((row: T) => void) | undefined;
}

function modeOf(event: MouseEvent): PickMode {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

/** A value that does not fit is told in full; measured only when somebody points at it. */
function nameCut({ currentTarget: cell }: PointerEvent<HTMLElement>): void {
  const parts = [cell, ...cell.querySelectorAll<HTMLElement>('*')];
  const cut = parts.some((part) => part.scrollWidth > part.clientWidth && part.clientWidth > 0);
  // Several values in it stand apart in the text too.
  if (cut) cell.title = cell.innerText.replace(/\s*\n\s*/g, ', ');
  else cell.removeAttribute('title');
}

function Row<T>(props: DataTableRowProps<T>) {
  const { row, index, columns, multiple } = props;
  return (
    // The grid takes the keys for all its rows, through aria-activedescendant.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      id={props.id}
      role="row"
      className={classes.row}
      aria-rowindex={index + 2}
      aria-selected={props.selected}
      aria-busy={row === undefined || undefined}
      data-active={props.active || undefined}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={(event) => props.onPick(index, multiple ? modeOf(event) : 'only')}
      onDoubleClick={() => row !== undefined && props.onOpen?.(row)}
    >
      {multiple && (
        <div role="gridcell" className={classes.boxCell}>
          {row !== undefined && (
            <RowBox
              label={`Select ${isolated(props.name)}`}
              checked={props.selected && props.ticked}
              tabIndex={-1}
              onChange={() => props.onPick(index, 'tick')}
            />
          )}
        </div>
      )}
      {columns.map((column) => (
        <div
          key={column.id}
          role="gridcell"
          className={classes.cell}
          data-align={column.align}
          onPointerEnter={nameCut}
        >
          {row === undefined ? <span className={classes.bone} /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

// memo forgets the type parameter; a row is the same component for any row type.
export const DataTableRow = memo(Row) as typeof Row;
