import { useState } from 'react';
import { z } from 'zod';
import { columnOptions } from './device-columns.tsx';

/** What is seen until a person chooses: it fits a window of 1440 pixels with the inspector closed. */
export const firstColumns: readonly string[] = [
  'status',
  'primaryAddress',
  'reading',
  'rackName',
  'model',
  'memoryBytes',
  'tags',
];

const storageKey = 'rackhelm-device-columns';
const kept = z.array(z.string()).max(100);

/** Columns that the person chose, kept in this browser; those that are no more are left out. */
export function readColumns(storage: Storage): readonly string[] {
  const text = storage.getItem(storageKey);
  if (text === null) return firstColumns;
  try {
    const known = new Set(columnOptions.map(({ value }) => value));
    return kept.parse(JSON.parse(text)).filter((id) => known.has(id));
  } catch {
    // Not what this version writes.
    return firstColumns;
  }
}

export function keepColumns(storage: Storage, columns: readonly string[]): void {
  const first =
    columns.length === firstColumns.length && firstColumns.every((id) => columns.includes(id));
  if (first) storage.removeItem(storageKey);
  else storage.setItem(storageKey, JSON.stringify(columns));
}

export function useColumnChoice(): [readonly string[], (columns: readonly string[]) => void] {
  const [columns, setColumns] = useState(() => readColumns(localStorage));
  return [
    columns,
    (next) => {
      setColumns(next);
      keepColumns(localStorage, next);
    },
  ];
}
