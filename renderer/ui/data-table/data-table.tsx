// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be laid out by a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one stop for the keyboard, see aria-activedescendant
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import { type DataColumn, useColumns } from './columns.ts';
import classes from './data-table.module.css';
import { DataTableHeader, type TableSort } from './data-table-header.tsx';
import { DataTableRow } from './data-table-row.tsx';
import { type GridCommand, gridCommand } from './grid-keys.ts';
import type { TableSelection } from './table-selection.ts';

interface DataTableProps<T> {
  readonly label: string;
  readonly columns: readonly DataColumn<T>[];
  readonly count: number;
  /** Undefined while that row is still being read. */
  readonly rowAt: (index: number) => T | undefined;
  readonly rowId: (row: T) => string;
  /** How a row is called where it must be named: its box, its announcement. */
  readonly rowName: (row: T) => string;
  readonly selection: TableSelection;
  readonly sort?: TableSort | undefined;
  readonly onSort?: ((columnId: string) => void) | undefined;
  readonly onOpen?: ((row: T) => void) | undefined;
  /** Told which rows are in view, so that they can be read. */
  readonly onRange?: ((first: number, last: number) => void) | undefined;
}

const rowHeight = 32;

/**
 * A grid of any number of rows, of which only those in view exist. One stop for Tab; arrows, Home,
 * End, Page, Space, Enter and Ctrl-A work inside.
 */
export function DataTable<T>(props: DataTableProps<T>) {
  const { count, rowAt, selection, onRange, columns } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const { headers, template, totalSize, resize } = useColumns(props.label, columns);
  const multiple = selection.onSelectAll !== undefined;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: rowHeight,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;

  useEffect(() => {
    if (count > 0) onRange?.(first, last);
  }, [onRange, first, last, count]);

  function run(command: GridCommand): void {
    const { active } = selection;
    if (command.kind === 'move') {
      selection.onPick(command.to, command.extend && multiple ? 'range' : 'move');
      virtualizer.scrollToIndex(command.to);
    } else if (command.kind === 'select-all') selection.onSelectAll?.();
    else if (command.kind === 'clear') selection.onClear();
    else if (active !== null && command.kind === 'toggle') selection.onPick(active, 'tick');
    else if (active !== null) {
      const row = rowAt(active);
      if (row !== undefined) props.onOpen?.(row);
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.target !== event.currentTarget) return;
    const pageSize = Math.floor(event.currentTarget.clientHeight / rowHeight) - 2;
    const command = gridCommand(event, { active: selection.active, count, pageSize });
    if (command === null) return;
    event.preventDefault();
    run(command);
  }

  const ticks = selection.follows === true ? 0 : selection.selected.size;
  const activeShown = items.some((item) => item.index === selection.active);
  const boxes = multiple ? '34px ' : '';
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length + (multiple ? 1 : 0)}
      aria-multiselectable={multiple}
      aria-activedescendant={activeShown ? `${baseId}-${selection.active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div
        className={classes.inner}
        style={{
          '--columns': boxes + template,
          minWidth: totalSize + (multiple ? 34 : 0) + 32,
        }}
      >
        <DataTableHeader
          headers={headers}
          onResize={resize}
          columns={columns}
          sort={props.sort}
          onSort={props.onSort}
          selectAll={
            selection.onSelectAll && {
              checked: count > 0 && ticks >= count,
              some: ticks > 0,
              onToggle: () => (ticks > 0 ? selection.onClear() : selection.onSelectAll?.()),
            }
          }
        />
        <div
          role="rowgroup"
          className={classes.rows}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => {
            const row = rowAt(item.index);
            return (
              <DataTableRow
                key={item.key}
                id={`${baseId}-${item.index}`}
                index={item.index}
                top={item.start}
                row={row}
                name={row === undefined ? '' : props.rowName(row)}
                columns={columns}
                selected={row !== undefined && selection.selected.has(props.rowId(row))}
                ticked={ticks > 0}
                active={selection.active === item.index}
                multiple={multiple}
                onPick={selection.onPick}
                onOpen={props.onOpen}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
