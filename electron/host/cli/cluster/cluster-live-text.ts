import { formatAge } from '../../../../shared/cluster/age.ts';
import { formatCores } from '../../../../shared/cluster/quantity.ts';
import type { Cell, ClusterColumn, ClusterRow } from '../../../../shared/cluster/row.ts';
import type { KindStanding } from '../../../../shared/cluster/standing.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import { formatTable } from '../terminal/text-table.ts';

interface Shown {
  readonly columns: readonly ClusterColumn[];
  readonly rows: readonly ClusterRow[];
}

interface How {
  readonly now: number;
  /** With the columns for which there is little room. */
  readonly wide: boolean;
  /** What rows lie in, as a heading. */
  readonly spaces?: string;
}

/** Rows of a kind as a table, each with its state in words. */
export function clusterTable(
  { columns, rows }: Shown,
  { now, wide, spaces = 'NAMESPACE' }: How,
): string {
  const shown = columns.filter(({ extra }) => wide || !extra);
  const namespaced = rows.some(({ namespace }) => namespace !== null);
  const head = [
    ...(namespaced ? [spaces] : []),
    'NAME',
    'STATUS',
    ...shown.map(({ label }) => label.toUpperCase()),
    'AGE',
    'WHY',
  ];
  const lines = rows.map((row) => [
    ...(namespaced ? [row.namespace ?? ''] : []),
    row.name,
    row.status.label,
    ...shown.map((column) => cellText(row.cells[column.id] ?? null, column, now)),
    row.createdAt === null ? '' : formatAge(now - row.createdAt),
    row.status.why ?? '',
  ]);
  return formatTable([head, ...lines]);
}

function cellText(cell: Cell, { type }: ClusterColumn, now: number): string {
  if (cell === null) return '';
  if (Array.isArray(cell)) return cell.join(',');
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  if (typeof cell === 'string') return cell.replace(/\s+/g, ' ');
  switch (type) {
    case 'bytes':
      return formatBytes(cell);
    case 'cores':
      return formatCores(cell);
    case 'time':
      return `${formatAge(now - cell)} ago`;
    case 'duration':
      return formatAge(cell);
    default:
      return String(cell);
  }
}

/** Why a list is not as it should be; null: it is. */
export function standingText(standing: KindStanding, kind: string): string | null {
  switch (standing.state) {
    case 'live':
      return null;
    case 'loading':
      return `Not all ${kind} have been told yet; these are ${standing.held}.`;
    case 'stale':
      return `This is how it was; now: ${standing.why}`;
    case 'refused':
      return `This user may not list ${kind}: ${standing.why}`;
    case 'absent':
      return `This cluster has no ${kind}.`;
    case 'failed':
      return `${standing.why} ${standing.hint}`;
  }
}
