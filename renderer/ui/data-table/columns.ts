import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { keepWidths, readWidths, widestColumn } from './column-widths.ts';

/**
 * One column of a data table. Widths are CSS pixels; those that `grow` share what
 * room is left until they are given a width; one should.
 */
export interface DataColumn<T> {
  readonly id: string;
  readonly header: string;
  readonly size: number;
  readonly minSize?: number;
  readonly grow?: boolean;
  readonly sortable?: boolean;
  readonly align?: 'end';
  readonly cell: (row: T) => ReactNode;
}

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const noRows: never[] = [];

/**
 * The columns' model: order, widths, resizing. Rows stay outside: they live in the host, sorted and
 * filtered there, and only those in view are ever rendered.
 */
export function useColumns<T>(label: string, columns: readonly DataColumn<T>[]) {
  // What the person chose outlives the screen; it is read once, when the table appears.
  const [columnSizing] = useState(() => readWidths(localStorage, label));
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, size, minSize = 56 }) => ({
        id,
        header,
        size,
        minSize,
        maxSize: widestColumn,
        accessorFn: () => null,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
    initialState: { columnSizing },
  });
  const chosen = table.state.columnSizing;
  useEffect(() => keepWidths(localStorage, label, chosen), [label, chosen]);

  const resize: ResizeColumn = (id, width) =>
    table.setColumnSizing(({ [id]: _, ...others }) =>
      width === null ? others : { ...others, [id]: width },
    );
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const template = headers
    .map((header, index) => {
      const size = header.getSize();
      const grows = columns[index]?.grow && chosen[header.column.id] === undefined;
      return grows ? `minmax(${size}px, 1fr)` : `${size}px`;
    })
    .join(' ');
  return { headers, template, totalSize: table.getTotalSize(), resize };
}

/** Null: its first width again. */
export type ResizeColumn = (columnId: string, width: number | null) => void;

export type ColumnHeader = ReturnType<typeof useColumns>['headers'][number];
