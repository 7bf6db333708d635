import type { Cell, ClusterColumn } from '../../../../shared/cluster/row.ts';
import { Ago } from '../../../ui/ago.tsx';
import { formatBytes, formatDuration } from '../../../ui/formatting.ts';
import { isolatedList } from '../../../ui/isolate.ts';
import { capital } from '../status-look.ts';

/** `0.25`: cores, as many digits as tell anything. */
export function formatCores(cores: number): string {
  return cores.toLocaleString('en', { maximumFractionDigits: cores < 1 ? 3 : 2 });
}

function formatNumber(value: number, type: ClusterColumn['type']): string {
  if (type === 'bytes') return formatBytes(value);
  if (type === 'cores') return formatCores(value);
  if (type === 'duration') return formatDuration(value);
  return value.toLocaleString('en');
}

const monoColumns: ReadonlySet<string> = new Set(['ip', 'address', 'addresses', 'clusterIp']);

/** One cell by the type of its column. Empty cells stay empty: a table of dashes is noise. */
export function CellValue({
  value,
  column,
}: {
  readonly value: Cell;
  readonly column: Pick<ClusterColumn, 'id' | 'type'>;
}) {
  if (value === null || value === '') return null;
  if (column.type === 'time' && typeof value === 'number') return <Ago at={value} short />;
  if (typeof value === 'number') return <>{formatNumber(value, column.type)}</>;
  if (typeof value === 'boolean') return <>{value ? 'Yes' : 'No'}</>;
  const text = typeof value === 'string' ? value : isolatedList(value);
  if (column.id === 'reason') return <bdi>{capital(text)}</bdi>;
  return <bdi className={monoColumns.has(column.id) ? 'rh-mono' : undefined}>{text}</bdi>;
}
