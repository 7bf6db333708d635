import { z } from 'zod';

/** How wide a column is, and how wide it may be, in CSS pixels. */
export interface ColumnWidth {
  readonly now: number;
  readonly min: number;
  readonly max: number;
}

export const widestColumn = 1200;

const step = 8;
const largeStep = 48;

interface WidthPress {
  readonly key: string;
  readonly shiftKey: boolean;
}

/**
 * What a key does to the width of a column: arrows move its edge, with Shift further, Home gives it
 * back its first width, which is `reset`. Null: the key means nothing here.
 */
export function widthCommand(press: WidthPress, width: ColumnWidth): number | 'reset' | null {
  if (press.key === 'Home') return 'reset';
  const by = press.shiftKey ? largeStep : step;
  const direction = { ArrowLeft: -1, ArrowRight: 1 }[press.key];
  if (direction === undefined) return null;
  return Math.min(width.max, Math.max(width.min, width.now + direction * by));
}

const keptWidths = z.record(z.string(), z.number().min(0).max(widestColumn));

const storageKey = (table: string) => `rackhelm-columns-${table.toLowerCase()}`;

/** The widths that the person chose for this table, kept in this browser. */
export function readWidths(storage: Storage, table: string): Record<string, number> {
  try {
    return keptWidths.parse(JSON.parse(storage.getItem(storageKey(table)) ?? '{}'));
  } catch {
    // Not what this version writes: then the columns have their first widths.
    return {};
  }
}

export function keepWidths(
  storage: Storage,
  table: string,
  widths: Readonly<Record<string, number>>,
): void {
  if (Object.keys(widths).length === 0) storage.removeItem(storageKey(table));
  else storage.setItem(storageKey(table), JSON.stringify(widths));
}
