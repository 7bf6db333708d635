import type { ClusterRow } from '../../../shared/cluster/row.ts';
import type { TableEvent, TableWindow } from '../../../shared/cluster/table.ts';

/** What has to be told to whoever holds `before` so that it holds `now`; null: nothing. */
export function changesBetween(before: TableWindow, now: TableWindow): TableEvent | null {
  // Other columns: a definition of a custom resource came or changed.
  if (before.columns !== now.columns) return { type: 'window', window: now };
  const known = new Map(before.rows.map((row) => [row.key, row]));
  const rows = now.rows.filter((row) => !isSame(known.get(row.key), row));
  const moved =
    before.rows.length !== now.rows.length ||
    now.rows.some(({ key }, at) => before.rows[at]?.key !== key);
  const { columns: _columns, rows: _rows, revision, ...around } = now;
  if (rows.length === 0 && !moved && isAlike(around, before)) return null;
  const order = moved ? now.rows.map(({ key }) => key) : null;
  return { type: 'changes', ...around, revision, order, rows };
}

function isSame(a: ClusterRow | undefined, b: ClusterRow): boolean {
  return a === b || (a !== undefined && JSON.stringify(a) === JSON.stringify(b));
}

type Around = Omit<TableWindow, 'columns' | 'rows' | 'revision'>;

function isAlike(now: Around, before: TableWindow): boolean {
  return (
    now.total === before.total &&
    now.held === before.held &&
    now.left === before.left &&
    JSON.stringify([now.levels, now.standing]) === JSON.stringify([before.levels, before.standing])
  );
}
