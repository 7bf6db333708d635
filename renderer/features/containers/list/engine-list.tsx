import { IconBox, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { TableWindow } from '../../../../shared/cluster/table.ts';
import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { type EngineKind, kindColumns, kindTitles } from '../../../../shared/containers/kinds.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { useColumnChoice } from '../../../ui/data-table/use-column-choice.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import {
  allOfIt,
  type ClusterQuery,
  formatClusterQuery,
  isNarrowed,
  parseClusterQuery,
} from '../../cluster/table/cluster-query.ts';
import { ListToolbar } from '../../cluster/table/list-toolbar.tsx';
import { activeIndex, rowOf } from '../../cluster/table/live-table.ts';
import { StandingView } from '../../cluster/table/standing-view.tsx';
import { engineColumns, firstEngineColumns } from './engine-columns.tsx';
import { EngineFoot } from './engine-foot.tsx';
import { firstEngineSort } from './engine-query.ts';
import { NewerButton } from './newer-button.tsx';
import { PullButton } from './pull-button.tsx';

interface EngineListProps {
  readonly engine: SavedEngine;
  readonly kind: EngineKind;
  readonly query: string;
}

/** All of one kind that an engine has, as they are now. */
export function EngineList({ engine, kind, query: text }: EngineListProps) {
  const { containers, router } = useApp();
  const { table } = containers;
  const { id: engineId } = engine;
  const sort = firstEngineSort(kind);
  const query = useMemo(() => parseClusterQuery(text, firstEngineSort(kind)), [text, kind]);
  useEffect(
    () => table.show({ contextId: engineId, kind, ...query }),
    [table, engineId, kind, query],
  );
  const window = useStore(table.store, (state) => state.window);
  const change = (next: ClusterQuery) =>
    router.replace({
      ...{ screen: 'containers', engine: engineId, kind },
      query: formatClusterQuery(next, sort),
    });
  const { title } = kindTitles[kind];
  const shape = useShape(engineId, kind);
  return (
    <>
      <PageHeader
        title={title}
        note={window !== null && <Count window={window} />}
        actions={
          kind === 'images' && (
            <>
              <NewerButton engineId={engineId} />
              <PullButton engineId={engineId} />
            </>
          )
        }
      />
      <ListToolbar
        context={engineId}
        what={title.toLowerCase()}
        namespaced={false}
        query={query}
        levels={window?.levels ?? null}
        columns={shape.choice}
        onChange={change}
      />
      <Rows engine={engine} kind={kind} query={query} columns={shape.shown} onChange={change} />
      {kind === 'containers' && <EngineFoot engineId={engineId} />}
    </>
  );
}

function Count({ window: { total, held } }: { readonly window: TableWindow }) {
  const all = held.toLocaleString('en');
  return total === held ? all : `${total.toLocaleString('en')} of ${all}`;
}

/** The columns that a person chose of those that the kind has. */
function useShape(engineId: string, kind: EngineKind) {
  const parts = useMemo(() => {
    const columns = engineColumns({ engineId, kind, columns: kindColumns[kind] });
    const first = firstEngineColumns({ kind, columns: kindColumns[kind] });
    const known = columns.map((column) => column.id);
    return { columns, offered: { storageKey: `rackhelm-engine-columns-${kind}`, known, first } };
  }, [engineId, kind]);
  const [chosen, onChange] = useColumnChoice(parts.offered);
  const { columns, offered } = parts;
  const key = chosen.join(' ');
  const shown = useMemo(() => {
    const ids = new Set(key.split(' '));
    return columns.filter((column) => ids.has(column.id));
  }, [columns, key]);
  const options = columns.map((column) => ({ value: column.id, label: column.header }));
  return { shown, choice: { options, chosen, first: offered.first, onChange } };
}

interface RowsProps {
  readonly engine: SavedEngine;
  readonly kind: EngineKind;
  readonly query: ClusterQuery;
  readonly columns: ReturnType<typeof engineColumns>;
  readonly onChange: (query: ClusterQuery) => void;
}

const keyOf = (row: ClusterRow) => row.key;
const nameOf = (row: ClusterRow) => row.name;

function Rows({ engine, kind, query, columns, onChange }: RowsProps) {
  const { containers, router } = useApp();
  const { table } = containers;
  const state = useStore(table.store);
  const { window, failure, picked } = state;
  const { title } = kindTitles[kind];
  const what = title.toLowerCase();
  if (failure !== null) return <ErrorState error={failure} onRetry={table.again} />;
  if (window === null) return <Skeleton label={`Reading ${what}`} lines={10} />;
  const { column, descending } = query.sort;
  const opens = kind === 'containers' || kind === 'projects';
  return (
    <StandingView standing={window.standing} who="The engine" {...{ what }} onRetry={table.again}>
      {window.total === 0 ? (
        <NoRows kind={kind} query={query} onChange={onChange} />
      ) : (
        <DataTable
          label={title}
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
          onOpen={({ key }) => {
            if (opens) router.go({ screen: 'containers', engine: engine.id, kind, id: key });
          }}
          selection={{
            selected: new Set(picked.selected.keys()),
            follows: picked.follows,
            active: activeIndex(state),
            onPick: table.pick,
            onSelectAll: kind === 'containers' ? table.pickAll : undefined,
            onClear: table.clear,
          }}
        />
      )}
    </StandingView>
  );
}

interface NoRowsProps {
  readonly kind: EngineKind;
  readonly query: ClusterQuery;
  readonly onChange: (query: ClusterQuery) => void;
}

function NoRows({ kind, query, onChange }: NoRowsProps) {
  const what = kindTitles[kind].title.toLowerCase();
  if (isNarrowed(query)) {
    return (
      <EmptyState
        icon={IconSearch}
        title={`No ${what} match`}
        actions={
          <Button onClick={() => onChange({ ...allOfIt, sort: query.sort })}>Show all</Button>
        }
      >
        Nothing here holds what you search for.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={IconBox} title={`No ${what} yet`}>
      {kind === 'projects'
        ? 'Containers that compose brings up stand here together.'
        : 'The engine has none. What comes appears here by itself.'}
    </EmptyState>
  );
}
