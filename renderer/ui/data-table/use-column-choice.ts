import { useState } from 'react';
import { type ColumnsOffered, keepColumns, readColumns } from './column-choice.ts';

/** `offered` must be the same object as long as it is the same table. */
export function useColumnChoice(
  offered: ColumnsOffered,
): [readonly string[], (columns: readonly string[]) => void] {
  const [columns, setColumns] = useState(() => readColumns(localStorage, offered));
  return [
    columns,
    (next) => {
      setColumns(next);
      keepColumns(localStorage, offered, next);
    },
  ];
}
