// biome-ignore-all lint/a11y/useSemanticElements: a virtual grid cannot be laid out by a table element
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one stop for the keyboard, see aria-activedescendant
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { ColumnResizer } from './column-resizer.tsx';
import type { ColumnHeader, DataColumn, ResizeColumn } from './columns.ts';
import classes from './data-table.module.css';
import { RowBox } from './row-box.tsx';

export interface TableSort {
  readonly key: string;
  readonly descending: boolean;
}

interface DataTableHeaderProps<T> {
  readonly headers: readonly ColumnHeader[];
  readonly columns: readonly DataColumn<T>[];
  readonly onResize: ResizeColumn;
  readonly sort: TableSort | undefined;
  readonly onSort: ((columnId: string) => void) | undefined;
  readonly selectAll:
    | { readonly checked: boolean; readonly some: boolean; readonly onToggle: () => void }
    | undefined;
}

function ariaSort(sort: TableSort | undefined, id: string): 'ascending' | 'descending' | 'none' {
  if (sort?.key !== id) return 'none';
  return sort.descending ? 'descending' : 'ascending';
}

export function DataTableHeader<T>(props: DataTableHeaderProps<T>) {
  const { headers, columns, sort, onSort, onResize, selectAll } = props;
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" className={classes.headRow} aria-rowindex={1}>
        {selectAll && (
          <div role="columnheader" className={classes.boxCell}>
            <RowBox
              label="Select all"
              checked={selectAll.checked}
              mixed={selectAll.some && !selectAll.checked}
              onChange={selectAll.onToggle}
            />
          </div>
        )}
        {columns.map((column, index) => {
          const header = headers[index];
          const sortable = column.sortable && onSort !== undefined;
          const Arrow = sort?.descending ? IconArrowDown : IconArrowUp;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={classes.headCell}
              data-align={column.align}
              aria-sort={sortable ? ariaSort(sort, column.id) : undefined}
            >
              {sortable ? (
                <button
                  type="button"
                  className={classes.sort}
                  data-sorted={sort?.key === column.id || undefined}
                  onClick={() => onSort(column.id)}
                >
                  <span className={classes.headText}>{column.header}</span>
                  {sort?.key === column.id && <Arrow aria-hidden className={classes.arrow} />}
                </button>
              ) : (
                <span className={classes.headText}>{column.header}</span>
              )}
              {header && (
                <ColumnResizer title={column.header} header={header} onResize={onResize} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
