import { IconCircleCheck, IconSearch, IconVolumeOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { severities } from '../../../shared/model/lint.ts';
import { useApp } from '../../app/app-context.ts';
import { routeOfThing } from '../../app/routes.ts';
import { rowAt } from '../../rpc/paged-table.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../ui/filter-menu.tsx';
import { SelectionBar } from '../../ui/foot-bar.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader, Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { findingColumns } from './finding-columns.tsx';
import {
  everyFinding,
  type FindingFilter,
  formatFindingFilter,
  isNarrowed,
  parseFindingFilter,
} from './finding-filter.ts';
import { severityWord } from './severity-badge.tsx';

/** What of the inventory contradicts itself, on one page: to mend, or to live with for a reason. */
export function FindingsScreen({ query }: { readonly query: string }) {
  const { lint, layout, router } = useApp();
  const { table } = lint;
  const state = useStore(table.store);
  const filter = parseFindingFilter(query);
  // The filter first: what is read then is read once.
  useEffect(() => table.setFilter(parseFindingFilter(query)), [table, query]);
  useEffect(() => table.retain(), [table]);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const change = (next: FindingFilter) =>
    router.replace({ screen: 'findings', query: formatFindingFilter(next) });
  return (
    <>
      <PageHeader
        title="Findings"
        note={
          state.status === 'ready' &&
          (filter.silenced
            ? `${state.total.toLocaleString('en')} silenced`
            : formatCount(state.total, 'finding'))
        }
      />
      <FilterBar filter={filter} onChange={change} />
      <Rows filter={filter} onChange={change} />
      <FindingSelectionBar silenced={filter.silenced} />
    </>
  );
}

interface FilterProps {
  readonly filter: FindingFilter;
  readonly onChange: (filter: FindingFilter) => void;
}

function FilterBar({ filter, onChange }: FilterProps) {
  const { lint } = useApp();
  const summary = useResource(lint.summary);
  const rules = summary.status === 'ready' ? summary.data.rules : [];
  const silenced = summary.status === 'ready' ? summary.data.counts.silenced : 0;
  return (
    <Toolbar label="Filter findings">
      <SearchField
        what="findings"
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
      />
      <FilterMenu
        label="Severity"
        options={severities.map((value) => ({ value, label: severityWord(value) }))}
        chosen={filter.severities}
        onChange={(chosen) =>
          onChange({ ...filter, severities: severities.filter((each) => chosen.includes(each)) })
        }
      />
      {rules.length > 0 && (
        <FilterMenu
          label="Rule"
          options={rules.map(({ name, title, count }) => ({
            value: name,
            label: `${title} (${count.toLocaleString('en')})`,
          }))}
          chosen={filter.rules}
          onChange={(chosen) => onChange({ ...filter, rules: chosen })}
        />
      )}
      {(silenced > 0 || filter.silenced) && (
        <ToggleChip on={filter.silenced} onChange={(on) => onChange({ ...filter, silenced: on })}>
          {`Silenced (${silenced.toLocaleString('en')})`}
        </ToggleChip>
      )}
      {isNarrowed(filter) && (
        <Button
          tone="quiet"
          onClick={() => onChange({ ...everyFinding, silenced: filter.silenced })}
        >
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function Rows({ filter, onChange }: FilterProps) {
  const { lint, router } = useApp();
  const { table } = lint;
  const state = useStore(table.store);
  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void table.reload()} />;
  }
  if (state.status === 'loading')
    return <Skeleton label="Looking through the inventory" lines={10} />;
  if (state.total === 0) return <NothingFound filter={filter} onChange={onChange} />;
  return (
    <DataTable
      label="Findings"
      columns={findingColumns}
      count={state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.message}
      onRange={table.ensure}
      onOpen={({ subjects: [first] }) => {
        if (first !== undefined) router.go(routeOfThing(first.kind, first.id));
      }}
      selection={{
        selected: state.selected,
        follows: state.follows,
        active: state.active,
        onPick: table.pick,
        onSelectAll: table.selectAll,
        onClear: table.clearSelection,
      }}
    />
  );
}

function NothingFound({ filter, onChange }: FilterProps) {
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No finding matches"
        actions={
          <Button onClick={() => onChange({ ...everyFinding, silenced: filter.silenced })}>
            Clear the filter
          </Button>
        }
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  if (filter.silenced) return <EmptyState icon={IconVolumeOff} title="Nothing is silenced" />;
  return (
    <EmptyState icon={IconCircleCheck} title="Nothing contradicts itself">
      Addresses that two things have, ports with two cables, ranges that overlap and the like are
      told of here, and where they stand.
    </EmptyState>
  );
}

/** Below the rows: what can be done with the selected ones. */
function FindingSelectionBar({ silenced }: { readonly silenced: boolean }) {
  const { lint, dialogs } = useApp();
  const { table } = lint;
  const selected = useStore(table.store, (state) => state.selected);
  if (selected.size === 0) return null;
  const keys = [...selected];
  return (
    <SelectionBar
      text={`${formatCount(keys.length, 'finding')} selected`}
      onClear={table.clearSelection}
    >
      {silenced ? (
        <Button
          onClick={async () => {
            const outcome = await lint.unsilence(keys);
            if (outcome.ok) table.clearSelection();
          }}
        >
          Tell of it again
        </Button>
      ) : (
        <Button onClick={() => dialogs.setState({ kind: 'silence-findings', keys }, true)}>
          Silence with a reason
        </Button>
      )}
    </SelectionBar>
  );
}
