import {
  columnResizingFeature,
  columnSizingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';

/** One column of a data table. Widths are CSS pixels; one column should `grow`. */
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
export function useColumns<T>(columns: readonly DataColumn<T>[]) {
  const definitions = useMemo(
    () =>
      columns.map(({ id, header, size, minSize = 56 }) => ({
        id,
        header,
        size,
        minSize,
        accessorFn: () => null,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: noRows,
    columnResizeMode: 'onChange',
  });
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const template = headers
    .map((header, index) => {
      const size = header.getSize();
      return columns[index]?.grow ? `minmax(${size}px, 1fr)` : `${size}px`;
    })
    .join(' ');
  return { headers, template, totalSize: table.getTotalSize() };
}

export type ColumnHeader = ReturnType<typeof useColumns>['headers'][number];
