import { useMemo, useState } from 'react';
import type { DataColumn } from './columns.ts';
import { DataTable } from './data-table.tsx';
import type { TableSort } from './data-table-header.tsx';
import { sortRows } from './sort-rows.ts';

interface ListTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly DataColumn<T>[];
  /** What a sortable column is ordered by, as text; digits in it count as numbers. */
  readonly sortText: Readonly<Record<string, (row: T) => string>>;
  readonly rowId: (row: T) => string;
  readonly rowName: (row: T) => string;
  readonly selected: string | null;
  readonly onSelect: (id: string | null) => void;
  readonly onOpen?: (row: T) => void;
}

/** A table of rows that are all here already, sorted here and picked one at a time. */
export function ListTable<T>(props: ListTableProps<T>) {
  const { rows, columns, sortText, rowId, selected, onSelect } = props;
  const [sort, setSort] = useState<TableSort>({ key: columns[0]?.id ?? '', descending: false });
  const sorted = useMemo(
    () => sortRows(rows, sortText[sort.key], sort.descending),
    [rows, sort, sortText],
  );
  const active = sorted.findIndex((row) => rowId(row) === selected);

  return (
    <DataTable
      label={props.label}
      columns={columns}
      count={sorted.length}
      rowAt={(index) => sorted[index]}
      rowId={rowId}
      rowName={props.rowName}
      sort={sort}
      onSort={(key) => setSort({ key, descending: sort.key === key && !sort.descending })}
      onOpen={props.onOpen}
      selection={{
        selected: new Set(selected === null ? [] : [selected]),
        active: active === -1 ? null : active,
        onPick: (index) => {
          const row = sorted[index];
          if (row !== undefined) onSelect(rowId(row));
        },
        onClear: () => onSelect(null),
      }}
    />
  );
}
