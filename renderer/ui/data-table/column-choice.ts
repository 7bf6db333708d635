import { z } from 'zod';

/** Which columns a table may have, and which it has until a person chooses. */
export interface ColumnsOffered {
  readonly storageKey: string;
  readonly known: readonly string[];
  readonly first: readonly string[];
}

const kept = z.array(z.string()).max(100);

/** Columns that the person chose, kept in this browser; those that are no more are left out. */
export function readColumns(storage: Storage, offered: ColumnsOffered): readonly string[] {
  const text = storage.getItem(offered.storageKey);
  if (text === null) return offered.first;
  try {
    const known = new Set(offered.known);
    return kept.parse(JSON.parse(text)).filter((id) => known.has(id));
  } catch {
    // Not what this version writes.
    return offered.first;
  }
}

export function keepColumns(
  storage: Storage,
  { storageKey, first }: ColumnsOffered,
  columns: readonly string[],
): void {
  const asAtFirst = columns.length === first.length && first.every((id) => columns.includes(id));
  if (asAtFirst) storage.removeItem(storageKey);
  else storage.setItem(storageKey, JSON.stringify(columns));
}
