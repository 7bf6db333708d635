import { IconCircleCheck, IconEye, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../../ui/filter-menu.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { PageHeader, Toolbar } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { driftColumns } from './drift-columns.tsx';
import { DriftFoot } from './drift-foot.tsx';
import type { DriftPage } from './drift-store.ts';
import {
  allDrift,
  type DriftView,
  formatDriftView,
  isNarrowed,
  parseDriftView,
} from './drift-view.ts';
import { Gaps, ReadAgain, ReadAt } from './reading-note.tsx';

interface DriftScreenProps {
  readonly context: string;
  readonly query: string;
}

/** In what the inventory and the cluster differ: to accept one, some or all, or to dismiss. */
export function DriftScreen({ context, query }: DriftScreenProps) {
  const { cluster, router } = useApp();
  const { drift } = cluster;
  const view = parseDriftView(query);
  const resource = drift.list(context, view);
  const state = useResource(resource);
  const change = (next: DriftView) =>
    router.replace({ screen: 'cluster', context, kind: 'drift', query: formatDriftView(next) });
  // What was picked under another filter is out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is why, not what with
  useEffect(() => drift.clearSelection(), [drift, query]);
  const page = state.status === 'ready' ? state.data : null;
  return (
    <>
      <PageHeader
        title="Drift"
        note={
          page && (
            <>
              {formatCount(
                page.total,
                view.state === 'open' ? 'difference' : 'dismissed',
                view.state === 'open' ? undefined : 'dismissed',
              )}
              , <ReadAt at={page.readAt} />
            </>
          )
        }
        actions={<ReadAgain context={context} />}
      />
      <FilterBar view={view} page={page} onChange={change} />
      {page !== null && <Gaps gaps={page.gaps} />}
      {state.status === 'loading' && (
        <Skeleton label="Reading the cluster and comparing it" lines={10} />
      )}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {page !== null && page.total === 0 && (
        <NoDrift
          view={view}
          page={page}
          onClear={() => change({ ...allDrift, state: view.state })}
        />
      )}
      {page !== null && page.total > 0 && <Rows context={context} page={page} view={view} />}
      {page !== null && <DriftFoot context={context} page={page} view={view} onChange={change} />}
    </>
  );
}

interface RowsProps {
  readonly context: string;
  readonly page: DriftPage;
  readonly view: DriftView;
}

function Rows({ context, page: { rows }, view }: RowsProps) {
  const { drift } = useApp().cluster;
  const { selected, follows, active } = useStore(drift.selection);
  const isOpen = view.state === 'open';
  const columns = useMemo(
    () =>
      driftColumns({
        context,
        onAccept: isOpen ? (line) => void drift.change('accept', context, [line]) : null,
      }),
    [context, drift, isOpen],
  );
  return (
    <DataTable
      label="Differences"
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowId={(row) => row.key}
      rowName={(row) => `${row.label} of ${row.subject}`}
      selection={{
        selected: new Set(selected.keys()),
        follows,
        active,
        onPick: (index, mode) => drift.pick(rows, index, mode),
        onSelectAll: () => drift.selectAll(rows),
        onClear: drift.clearSelection,
      }}
    />
  );
}

const groups = [
  { value: 'nodes', label: 'Nodes' },
  { value: 'workloads', label: 'Workloads' },
  { value: 'dependencies', label: 'Dependencies' },
] as const;

interface FilterBarProps {
  readonly view: DriftView;
  readonly page: DriftPage | null;
  readonly onChange: (view: DriftView) => void;
}

function FilterBar({ view, page, onChange }: FilterBarProps) {
  const from = (next: Partial<DriftView>) => onChange({ ...view, offset: 0, ...next });
  const dismissed = page?.counts.dismissed ?? 0;
  const options = groups.map(({ value, label }) => {
    const count = page?.counts[value];
    return {
      value,
      label: count === undefined ? label : `${label} (${count.toLocaleString('en')})`,
    };
  });
  return (
    <Toolbar label="Filter differences">
      <SearchField
        what="differences"
        value={view.search}
        onChange={(search) => from({ search: search.slice(0, 200) })}
      />
      <FilterMenu
        label="Group"
        single
        options={options}
        chosen={view.group === null ? [] : [view.group]}
        onChange={([chosen]) =>
          from({ group: groups.find(({ value }) => value === chosen)?.value ?? null })
        }
      />
      {(dismissed > 0 || view.state === 'dismissed') && (
        <ToggleChip
          on={view.state === 'dismissed'}
          onChange={(on) => from({ state: on ? 'dismissed' : 'open' })}
        >
          {`Dismissed (${dismissed.toLocaleString('en')})`}
        </ToggleChip>
      )}
      {isNarrowed(view) && (
        <Button tone="quiet" onClick={() => onChange({ ...allDrift, state: view.state })}>
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

interface NoDriftProps {
  readonly view: DriftView;
  readonly page: DriftPage;
  readonly onClear: () => void;
}

function NoDrift({ view, page, onClear }: NoDriftProps) {
  if (isNarrowed(view)) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No difference matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  if (view.state === 'dismissed') {
    return <EmptyState icon={IconEye} title="Nothing was dismissed" />;
  }
  return (
    <EmptyState icon={IconCircleCheck} title="The inventory and the cluster agree">
      {page.gaps.length > 0
        ? 'As far as it could be read.'
        : 'Nodes, services and what they need are as they are declared.'}
    </EmptyState>
  );
}
