import type { ClusterColumn, ClusterRow } from '../../../../shared/cluster/row.ts';
import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import classes from '../../cluster/cluster.module.css';
import { StatusLine } from '../../cluster/cluster-status.tsx';
import { CellValue } from '../../cluster/table/cell-value.tsx';

type Column = DataColumn<ClusterRow>;

/** CSS pixels. */
const sizes: Readonly<Record<string, number>> = {
  image: 160,
  ports: 150,
  usedBy: 200,
  command: 220,
  services: 200,
  folder: 220,
  digest: 200,
  place: 240,
};

const numeric: ReadonlySet<ClusterColumn['type']> = new Set(['number', 'bytes', 'ratio']);

interface Shape {
  readonly engineId: string;
  readonly kind: EngineKind;
  readonly columns: readonly ClusterColumn[];
}

/** Every column that a list of an engine may have. */
export function engineColumns({ engineId, kind, columns }: Shape): readonly Column[] {
  const opens = kind === 'containers' || kind === 'projects';
  const name: Column = {
    id: 'name',
    header: 'Name',
    size: kind === 'containers' ? 150 : 220,
    minSize: 110,
    grow: true,
    sortable: true,
    cell: (row) =>
      opens ? (
        <a
          className={classes.link}
          href={formatRoute({ screen: 'containers', engine: engineId, kind, id: row.key })}
          // In a table the row has clicks of its own, and the keyboard opens it with Enter.
          onClick={(event) => event.stopPropagation()}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <bdi>{row.name}</bdi>
        </a>
      ) : (
        <bdi>{row.name}</bdi>
      ),
  };
  const project: Column = {
    id: 'namespace',
    header: 'Project',
    size: 90,
    sortable: true,
    cell: (row) => <bdi>{row.namespace}</bdi>,
  };
  const status: Column = {
    id: 'status',
    header: 'Status',
    size: kind === 'containers' ? 230 : 200,
    grow: kind === 'containers',
    sortable: true,
    cell: (row) => <StatusLine status={row.status} />,
  };
  const age: Column = {
    id: 'age',
    header: 'Age',
    size: 104,
    sortable: true,
    cell: (row) => <Ago at={row.createdAt} short />,
  };
  const own = columns
    // The project of a container stands first.
    .filter(({ id }) => kind !== 'containers' || id !== 'project')
    .map(
      (column): Column => ({
        id: column.id,
        header: column.label,
        size: sizes[column.id] ?? 110,
        sortable: true,
        ...(numeric.has(column.type) && { align: 'end' as const }),
        cell: ({ cells }) => <CellValue value={cells[column.id] ?? null} column={column} />,
      }),
    );
  return [...(kind === 'containers' ? [project] : []), name, status, ...own, age];
}

/** Those that are seen until a person chooses. */
export function firstEngineColumns({ kind, columns }: Omit<Shape, 'engineId'>): string[] {
  const own = columns.filter(({ extra }) => !extra).map(({ id }) => id);
  return [...(kind === 'containers' ? ['namespace'] : []), 'name', 'status', ...own, 'age'];
}
