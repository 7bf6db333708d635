import type { Cell, ClusterRow } from '../../../shared/cluster/row.ts';
import { type StatusLevel, statusLevels } from '../../../shared/cluster/status.ts';
import type { TableQuery } from '../../../shared/cluster/table.ts';
import { sortText } from './sort-text.ts';

export interface Table {
  /** All that fit, in their order. */
  readonly rows: readonly ClusterRow[];
  readonly levels: Record<StatusLevel, number>;
}

interface Sortable {
  /** Numbers in names in their order: `pi-2` before `pi-10`. */
  readonly sortName: string;
}

interface Source<E extends Sortable> {
  readonly entries: Iterable<E>;
  readonly rowOf: (entry: E) => ClusterRow;
  /** All that is searched in, in small letters. */
  readonly wordsOf: (entry: E, row: ClusterRow) => string;
}

/** The rows of a kind that fit a query, in order. */
export function tableOf<E extends Sortable>(
  { entries, rowOf, wordsOf }: Source<E>,
  query: TableQuery,
): Table {
  const levels = { bad: 0, warn: 0, busy: 0, unknown: 0, well: 0, ended: 0 };
  const fits = fitting(query, wordsOf);
  const wanted = new Set<StatusLevel>(query.levels);
  const keyOf = sortKey<E>(query.sort.column);
  const found: { readonly key: string | number; readonly row: ClusterRow; readonly tie: string }[] =
    [];
  for (const entry of entries) {
    const row = rowOf(entry);
    if (!fits(entry, row)) continue;
    levels[row.status.level] += 1;
    if (wanted.size > 0 && !wanted.has(row.status.level)) continue;
    found.push({ key: keyOf(entry, row), row, tie: entry.sortName });
  }
  const turn = query.sort.descending ? -1 : 1;
  found.sort(
    (a, b) =>
      turn * compare(a.key, b.key) ||
      compare(a.tie, b.tie) ||
      compare(a.row.namespace ?? '', b.row.namespace ?? ''),
  );
  return { rows: found.map(({ row }) => row), levels };
}

function fitting<E>(
  { namespaces, search, where }: TableQuery,
  wordsOf: (entry: E, row: ClusterRow) => string,
) {
  const inNamespaces = new Set(namespaces);
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return (entry: E, row: ClusterRow): boolean => {
    if (inNamespaces.size > 0 && row.namespace !== null && !inNamespaces.has(row.namespace))
      return false;
    if (!where.every(({ column, is }) => holds(row, column, is))) return false;
    if (words.length === 0) return true;
    const all = wordsOf(entry, row);
    return words.every((word) => all.includes(word));
  };
}

function holds(row: ClusterRow, column: string, is: string): boolean {
  const value =
    column === 'name' ? row.name : column === 'namespace' ? row.namespace : cellOf(row, column);
  if (Array.isArray(value)) return value.includes(is);
  return value !== null && String(value) === is;
}

function cellOf(row: ClusterRow, column: string): Cell {
  return Object.hasOwn(row.cells, column) ? (row.cells[column] ?? null) : null;
}

/** What has no value comes after all that have one. */
const last = '\uffff';

function sortKey<E extends Sortable>(
  column: string,
): (entry: E, row: ClusterRow) => string | number {
  switch (column) {
    case 'name':
      return ({ sortName }) => sortName;
    case 'namespace':
      return (_entry, { namespace }) => namespace ?? '';
    // The youngest first, as an age is read.
    case 'age':
      return (_entry, { createdAt }) => -(createdAt ?? 0);
    case 'status':
      return (_entry, { status }) => statusLevels.indexOf(status.level);
    default:
      return (_entry, row) => cellKey(cellOf(row, column));
  }
}

function cellKey(cell: Cell): string | number {
  if (cell === null) return last;
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean') return cell ? 0 : 1;
  return sortText(Array.isArray(cell) ? cell.join(' ') : cell);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
