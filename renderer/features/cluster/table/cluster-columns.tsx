import type { ClusterColumn, ClusterRow } from '../../../../shared/cluster/row.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import { ObjectLink } from '../cluster-links.tsx';
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
const sizes: Readonly<Record<string, number>> = { message: 320, images: 260, about: 220 };
const sizeByType: Readonly<Record<ClusterColumn['type'], number>> = {
  text: 140,
  number: 84,
  cores: 96,
  bytes: 112,
  time: 104,
  duration: 104,
  ratio: 76,
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
    size: 210,
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
    size: 120,
    sortable: true,
    cell: (row) => <bdi>{row.namespace}</bdi>,
  };
  const status: Column = {
    id: 'status',
    header: kind === 'events' ? 'Type' : 'Status',
    size: kind === 'events' ? 92 : 200,
    grow: kind !== 'events',
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
  const own = columns.map((column) => ofKind(column, context));
  const place = namespaced ? [namespace] : [];
  // An event is called by chance, and what it says is what it is looked at for.
  if (kind === 'events') return [...own.slice(0, 1), status, ...own.slice(1), ...place, name];
  return [name, ...place, status, ...own, age];
}

/** Those that are seen until a person chooses. */
export function firstColumns({ kind, namespaced, columns }: Omit<Shape, 'context'>): string[] {
  const own = columns.filter(({ extra }) => !extra).map(({ id }) => id);
  const place = namespaced ? ['namespace'] : [];
  return kind === 'events'
    ? ['status', ...own, ...place]
    : ['name', ...place, 'status', ...own, 'age'];
}
