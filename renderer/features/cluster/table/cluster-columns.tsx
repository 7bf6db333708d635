import type { ClusterColumn, ClusterRow } from '../../../../shared/cluster/row.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import { AboutLink, ObjectLink } from '../cluster-links.tsx';
import { StatusLine } from '../cluster-status.tsx';
import { CellValue } from './cell-value.tsx';

type Column = DataColumn<ClusterRow>;

const numeric: ReadonlySet<ClusterColumn['type']> = new Set([
  'number',
  'cores',
  'bytes',
  'duration',
  'ratio',
]);

/** CSS pixels; those that say more than a number or a word. */
const sizes: Readonly<Record<string, number>> = {
  message: 300,
  images: 260,
  about: 200,
  reason: 130,
  count: 64,
  node: 110,
  version: 116,
};
const sizeByType: Readonly<Record<ClusterColumn['type'], number>> = {
  text: 130,
  number: 80,
  cores: 92,
  bytes: 108,
  time: 100,
  duration: 100,
  ratio: 68,
  list: 180,
  flag: 76,
};

function ofKind(column: ClusterColumn, context: string): Column {
  const { id, label, type, refers } = column;
  return {
    id,
    header: label,
    size: sizes[id] ?? sizeByType[type],
    sortable: true,
    ...(id === 'message' && { grow: true }),
    ...(numeric.has(type) && { align: 'end' as const }),
    cell({ cells, namespace }) {
      const value = cells[id] ?? null;
      if (refers !== null && typeof value === 'string' && value !== '') {
        // What lies in no namespace is found by its name alone.
        const place = unplaced.has(refers) ? null : namespace;
        return <ObjectLink context={context} kind={refers} namespace={place} name={value} />;
      }
      if (id === 'about') return <AboutLink context={context} cells={cells} />;
      return <CellValue value={value} column={column} />;
    },
  };
}

/** Kinds that columns refer to, and that lie in no namespace. */
const unplaced: ReadonlySet<string> = new Set([
  'nodes',
  'namespaces',
  'persistentvolumes',
  'storageclasses.storage.k8s.io',
]);

interface Shape {
  readonly kind: string;
  readonly context: string;
  readonly namespaced: boolean;
  readonly columns: readonly ClusterColumn[];
}

/** Every column that a list of that kind may have. */
export function clusterColumns({ kind, context, namespaced, columns }: Shape): readonly Column[] {
  const name: Column = {
    id: 'name',
    header: 'Name',
    size: 190,
    minSize: 110,
    grow: kind !== 'events',
    sortable: true,
    cell: (row) => (
      <ObjectLink context={context} kind={kind} namespace={row.namespace} name={row.name} />
    ),
  };
  const namespace: Column = {
    id: 'namespace',
    header: 'Namespace',
    size: 106,
    sortable: true,
    cell: (row) => <bdi>{row.namespace}</bdi>,
  };
  const status: Column = {
    id: 'status',
    header: kind === 'events' ? 'Type' : 'Status',
    size: kind === 'events' ? 92 : 250,
    grow: kind !== 'events',
    sortable: true,
    cell: (row) => <StatusLine status={row.status} />,
  };
  const age: Column = {
    id: 'age',
    header: 'Age',
    size: 100,
    sortable: true,
    cell: (row) => <Ago at={row.createdAt} short />,
  };
  const own = columns.map((column) => ofKind(column, context));
  const place = namespaced ? [namespace] : [];
  // An event is called by chance, and what it says is what it is looked at for.
  if (kind === 'events') return [...own.slice(0, 1), status, ...own.slice(1), ...place, name];
  return [name, ...place, status, ...own, age];
}

const measuredColumns: ReadonlySet<string> = new Set(['cpuUsed', 'memoryUsed']);

interface FirstShape extends Omit<Shape, 'context'> {
  /** Something measures what is used. */
  readonly measured: boolean;
}

/** Those that are seen until a person chooses. */
export function firstColumns({ kind, namespaced, columns, measured }: FirstShape): string[] {
  const own = columns
    .filter(({ id, extra }) => !extra && (measured || !measuredColumns.has(id)))
    .map(({ id }) => id);
  const place = namespaced ? ['namespace'] : [];
  return kind === 'events'
    ? ['status', ...own, ...place]
    : ['name', ...place, 'status', ...own, 'age'];
}
