import { IconSearch, IconStack2 } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { TableWindow } from '../../../../shared/cluster/table.ts';
import { ActionButton } from '../../../app/actions/action-button.tsx';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { useColumnChoice } from '../../../ui/data-table/use-column-choice.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { objectRoute } from '../cluster-links.tsx';
import type { ListedKind } from '../cluster-store.ts';
import { clusterColumns, firstColumns } from './cluster-columns.tsx';
import {
  allOfIt,
  type ClusterQuery,
  firstSort,
  formatClusterQuery,
  isNarrowed,
  parseClusterQuery,
} from './cluster-query.ts';
import { ListFoot } from './list-foot.tsx';
import { ListToolbar } from './list-toolbar.tsx';
import { activeIndex, rowOf } from './live-table.ts';
import { StandingView } from './standing-view.tsx';

interface ListScreenProps {
  readonly context: string;
  readonly kind: ListedKind;
  readonly query: string;
}

/** All of one kind, as they are now. */
export function ListScreen({ context, kind, query: text }: ListScreenProps) {
  const { cluster, router } = useApp();
  const { table } = cluster;
  const sort = firstSort(kind.id);
  const query = useMemo(() => parseClusterQuery(text, firstSort(kind.id)), [text, kind.id]);
  useEffect(
    () => table.show({ contextId: context, kind: kind.id, ...query }),
    [table, context, kind.id, query],
  );
  const window = useStore(table.store, (state) => state.window);
  const change = (next: ClusterQuery) =>
    router.replace({
      screen: 'cluster',
      context,
      kind: kind.id,
      query: formatClusterQuery(next, sort),
    });
  const what = kind.title.toLowerCase();
  const shape = useShape(context, kind, window);
  return (
    <>
      <PageHeader
        title={kind.title}
        note={window !== null && <Count window={window} />}
        // One that joins is a machine before it is a node.
        actions={kind.id === 'nodes' && <ActionButton id="onboard" />}
      />
      <ListToolbar
        context={context}
        what={what}
        namespaced={kind.namespaced}
        query={query}
        levels={window?.levels ?? null}
        columns={shape.choice}
        onChange={change}
      />
      <Rows context={context} kind={kind} query={query} columns={shape.shown} onChange={change} />
      <ListFoot context={context} kind={kind} />
    </>
  );
}

function Count({ window: { total, held, left } }: { readonly window: TableWindow }) {
  const all = held.toLocaleString('en');
  const shown = total === held ? all : `${total.toLocaleString('en')} of ${all}`;
  return left > 0 ? `${shown}, and ${left.toLocaleString('en')} older ones` : shown;
}

/** The columns that a person chose of those that the kind has. */
function useShape(context: string, kind: ListedKind, window: TableWindow | null) {
  const { id, namespaced } = kind;
  // Those of a custom resource are known once its list was opened.
  const known = window?.columns ?? kind.columns;
  const measured = window?.rows.some(({ cells }) => typeof cells.cpuUsed === 'number') ?? false;
  const parts = useMemo(() => {
    const shape = { kind: id, namespaced, columns: known };
    const columns = clusterColumns({ ...shape, context });
    const first = firstColumns({ ...shape, measured });
    return {
      columns,
      offered: {
        storageKey: `rackhelm-cluster-columns-${id}`,
        known: columns.map((column) => column.id),
        first,
      },
    };
  }, [id, namespaced, known, context, measured]);
  const [kept, onChange] = useColumnChoice(parts.offered);
  const { columns, offered } = parts;
  // Of a kind whose own columns came later, nobody chose yet.
  const chosen = localStorage.getItem(offered.storageKey) === null ? offered.first : kept;
  const key = chosen.join(' ');
  const shown = useMemo(() => {
    const ids = new Set(key.split(' '));
    return columns.filter((column) => ids.has(column.id));
  }, [columns, key]);
  return {
    shown,
    choice: {
      options: columns.map((column) => ({ value: column.id, label: column.header })),
      chosen,
      first: offered.first,
      onChange,
    },
  };
}

interface RowsProps {
  readonly context: string;
  readonly kind: ListedKind;
  readonly query: ClusterQuery;
  readonly columns: ReturnType<typeof clusterColumns>;
  readonly onChange: (query: ClusterQuery) => void;
}

const keyOf = (row: ClusterRow) => row.key;
const nameOf = (row: ClusterRow) => row.name;

function Rows({ context, kind, query, columns, onChange }: RowsProps) {
  const { cluster, router } = useApp();
  const { table } = cluster;
  const state = useStore(table.store);
  const { window, failure, picked } = state;
  const what = kind.title.toLowerCase();
  if (failure !== null) return <ErrorState error={failure} onRetry={table.again} />;
  if (window === null) return <Skeleton label={`Reading ${what}`} lines={10} />;
  const { column, descending } = query.sort;
  return (
    <StandingView standing={window.standing} what={what} onRetry={table.again}>
      {window.total === 0 ? (
        <NoRows kind={kind} query={query} onChange={onChange} />
      ) : (
        <DataTable
          label={kind.title}
          columns={columns}
          count={window.total}
          rowAt={(index) => rowOf(state, index)}
          rowId={keyOf}
          rowName={nameOf}
          onRange={table.ensure}
          sort={{ key: column, descending }}
          onSort={(id) =>
            onChange({ ...query, sort: { column: id, descending: id === column && !descending } })
          }
          onOpen={({ namespace, name }) =>
            router.go(objectRoute({ context, kind: kind.id, namespace, name }))
          }
          selection={{
            selected: new Set(picked.selected.keys()),
            follows: picked.follows,
            active: activeIndex(state),
            onPick: table.pick,
            // Events are read, and nothing is done with them.
            onSelectAll: kind.id === 'events' ? undefined : table.pickAll,
            onClear: table.clear,
          }}
        />
      )}
    </StandingView>
  );
}

function NoRows({ kind, query, onChange }: Pick<RowsProps, 'kind' | 'query' | 'onChange'>) {
  const what = kind.title.toLowerCase();
  if (isNarrowed(query)) {
    return (
      <EmptyState
        icon={IconSearch}
        title={`None of the ${what} matches`}
        actions={
          <Button onClick={() => onChange({ ...allOfIt, sort: query.sort })}>
            Clear the filter
          </Button>
        }
      >
        Nothing fits the search and the filters above. What comes to fit them appears by itself.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconStack2} title={`No ${what} yet`}>
      The cluster has none. What comes appears here by itself.
    </EmptyState>
  );
}
