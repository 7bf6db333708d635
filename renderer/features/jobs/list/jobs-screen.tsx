import { IconListDetails, IconSearch, IconServerBolt } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import { rowAt } from '../../../rpc/paged-table.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../../ui/filter-menu.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { PageHeader, Toolbar } from '../../../ui/page.tsx';
import { SearchField } from '../../../ui/search-field.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { kindWord } from '../job-words.ts';
import { jobColumns } from './job-columns.tsx';
import {
  chosenGroups,
  everyJob,
  formatJobFilter,
  isNarrowed,
  type JobFilter,
  parseJobFilter,
  stateGroups,
  statesOf,
} from './job-filter.ts';

interface FilterProps {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

/** All jobs that are kept, newest first, whichever window or timer began them. */
export function JobsScreen({ query }: { readonly query: string }) {
  const { jobs, router, layout } = useApp();
  const { table } = jobs;
  const filter = parseJobFilter(query);
  const change = (next: JobFilter) =>
    router.replace({ screen: 'jobs', query: formatJobFilter(next) });
  useEffect(() => table.setFilter(parseJobFilter(query)), [table, query]);
  useEffect(() => table.retain(), [table]);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const total = useStore(table.store, (state) => (state.status === 'ready' ? state.total : null));
  return (
    <>
      <PageHeader title="Jobs" note={total !== null && total > 0 && formatCount(total, 'job')} />
      {(total !== 0 || isNarrowed(filter)) && <FilterBar filter={filter} onChange={change} />}
      <Rows filter={filter} onChange={change} />
    </>
  );
}

function FilterBar({ filter, onChange }: FilterProps) {
  const kinds = useResource(useApp().jobs.kinds);
  const known = kinds.status === 'ready' ? kinds.data : [];
  const options = [
    ...known.map(({ kind, count }) => ({
      value: kind,
      label: `${kindWord(kind)} (${count.toLocaleString('en')})`,
    })),
    ...filter.kinds
      .filter((kind) => known.every((each) => each.kind !== kind))
      .map((kind) => ({ value: kind, label: kindWord(kind) })),
  ];
  return (
    <Toolbar label="Filter jobs">
      <SearchField
        what="jobs"
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
      <FilterMenu
        label="State"
        options={stateGroups}
        chosen={chosenGroups(filter.states)}
        onChange={(chosen) => onChange({ ...filter, states: statesOf(chosen) })}
      />
      {options.length > 0 && (
        <FilterMenu
          label="Kind"
          options={options}
          chosen={filter.kinds}
          onChange={(chosen) => onChange({ ...filter, kinds: chosen })}
        />
      )}
      {filter.deviceId !== null && (
        <DeviceChip id={filter.deviceId} onClear={() => onChange({ ...filter, deviceId: null })} />
      )}
      {isNarrowed(filter) && (
        <Button tone="quiet" onClick={() => onChange(everyJob)}>
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function DeviceChip({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const state = useResource(useApp().device.details(id));
  const name = state.status === 'ready' ? isolated(state.data.device.name) : 'one device';
  return <ToggleChip on onChange={onClear}>{`On ${name}`}</ToggleChip>;
}

function Rows({ filter, onChange }: FilterProps) {
  const { jobs, router } = useApp();
  const { table } = jobs;
  const state = useStore(table.store);
  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void table.reload()} />;
  }
  if (state.status === 'loading') return <Skeleton label="Reading the jobs" lines={10} />;
  if (state.total === 0) return <NoJobs filter={filter} onChange={onChange} />;
  return (
    <DataTable
      label="Jobs"
      columns={jobColumns}
      count={state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.title}
      onRange={table.ensure}
      onOpen={({ id }) => router.go({ screen: 'job', id })}
      selection={{
        selected: state.selected,
        follows: state.follows,
        active: state.active,
        onPick: (index) => void table.pick(index, 'only'),
        onClear: table.clearSelection,
      }}
    />
  );
}

function NoJobs({ filter, onChange }: FilterProps) {
  const { router } = useApp();
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No job matches"
        actions={<Button onClick={() => onChange(everyJob)}>Clear the filter</Button>}
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconListDetails}
      title="No jobs yet"
      actions={
        <Button icon={IconServerBolt} onClick={() => router.go({ screen: 'onboardings' })}>
          Onboard a machine
        </Button>
      }
    >
      What Rackhelm does on your machines is kept here: its plan, each phase, its log and its
      evidence.
    </EmptyState>
  );
}
