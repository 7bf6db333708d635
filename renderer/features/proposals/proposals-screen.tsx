import { IconCircleCheck, IconEye, IconSearch } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { mostAtOnce } from '../../../shared/model/proposals.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../ui/filter-menu.tsx';
import { PagesBar, SelectionBar } from '../../ui/foot-bar.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { PageHeader, Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { proposalColumns } from './proposal-columns.tsx';
import {
  everything,
  formatView,
  isNarrowed,
  type ProposalView,
  parseView,
} from './proposal-filter.ts';
import { type ProposalList, pageSize } from './proposals-store.ts';

const areas = [
  { value: 'services', label: 'Services' },
  { value: 'networks', label: 'Networks' },
] as const;

/** What was seen on the machines and is not declared: to accept one, some or all, or to dismiss. */
export function ProposalsScreen({ query }: { readonly query: string }) {
  const { proposals, layout, router } = useApp();
  const view = parseView(query);
  const resource = proposals.list(view);
  const state = useResource(resource);
  const change = (next: ProposalView) =>
    router.replace({ screen: 'proposals', query: formatView(next) });

  // What was picked under another filter is out of sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is why, not what with
  useEffect(() => proposals.clearSelection(), [proposals, query]);
  const picked = useStore(proposals.selection, ({ selected }) => selected.size === 1);
  // Several are acted upon below the list; nothing is nothing to inspect.
  useEffect(() => layout.inspect({ kind: picked ? 'proposal' : 'none' }), [layout, picked]);

  const isOpen = view.state === 'open';
  const list = state.status === 'ready' ? state.data : null;
  return (
    <>
      <PageHeader
        title="Seen, not declared"
        note={
          list &&
          formatCount(
            list.total,
            isOpen ? 'proposal' : 'dismissed',
            isOpen ? undefined : 'dismissed',
          )
        }
        actions={
          isOpen &&
          list !== null &&
          list.total > 0 && (
            <Button tone="primary" onClick={() => void proposals.acceptAll(view, list)}>
              {list.total > mostAtOnce
                ? `Accept the first ${mostAtOnce.toLocaleString('en')}`
                : `Accept all (${list.total})`}
            </Button>
          )
        }
      />
      <FilterBar view={view} onChange={change} />
      {state.status === 'loading' && <Skeleton label="Reading what was seen" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {list !== null && list.total === 0 && (
        <NothingSeen view={view} pending={list.pending} onClear={() => change(everything)} />
      )}
      {list !== null && list.total > 0 && <Rows list={list} />}
      {list !== null && <Foot list={list} view={view} onChange={change} />}
    </>
  );
}

function Rows({ list }: { readonly list: ProposalList }) {
  const { proposals } = useApp();
  const { selected, follows, active } = useStore(proposals.selection);
  const { rows } = list;
  return (
    <DataTable
      label="Proposals"
      columns={proposalColumns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowId={(row) => row.key}
      rowName={(row) => row.name}
      selection={{
        selected: new Set(selected.keys()),
        follows,
        active,
        onPick: (index, mode) => proposals.pick(rows, index, mode),
        onSelectAll: () => proposals.selectAll(rows),
        onClear: proposals.clearSelection,
      }}
    />
  );
}

interface FilterBarProps {
  readonly view: ProposalView;
  readonly onChange: (view: ProposalView) => void;
}

function FilterBar({ view, onChange }: FilterBarProps) {
  const { proposals } = useApp();
  const counts = useResource(proposals.counts);
  const dismissed = counts.status === 'ready' ? counts.data.dismissed : 0;
  const from = (next: Partial<ProposalView>) => onChange({ ...view, offset: 0, ...next });
  return (
    <Toolbar label="Filter proposals">
      <SearchField what="proposals" value={view.search} onChange={(search) => from({ search })} />
      <FilterMenu
        label="Area"
        single
        options={areas}
        chosen={view.area === null ? [] : [view.area]}
        onChange={([chosen]) =>
          from({ area: areas.find(({ value }) => value === chosen)?.value ?? null })
        }
      />
      {view.deviceId !== null && (
        <DeviceChip id={view.deviceId} onClear={() => from({ deviceId: null })} />
      )}
      {(dismissed > 0 || view.state === 'dismissed') && (
        <ToggleChip
          on={view.state === 'dismissed'}
          onChange={(on) => from({ state: on ? 'dismissed' : 'open' })}
        >
          {`Dismissed (${dismissed.toLocaleString('en')})`}
        </ToggleChip>
      )}
      {isNarrowed(view) && (
        <Button tone="quiet" onClick={() => onChange({ ...everything, state: view.state })}>
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

function DeviceChip({ id, onClear }: { readonly id: string; readonly onClear: () => void }) {
  const state = useResource(useApp().device.details(id));
  const name = state.status === 'ready' ? isolated(state.data.device.name) : 'one device';
  return <ToggleChip on onChange={onClear}>{`Seen on ${name}`}</ToggleChip>;
}

interface NothingSeenProps {
  readonly view: ProposalView;
  readonly pending: number;
  readonly onClear: () => void;
}

function NothingSeen({ view, pending, onClear }: NothingSeenProps) {
  if (isNarrowed(view)) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No proposal matches"
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  if (view.state === 'dismissed') {
    return <EmptyState icon={IconEye} title="Nothing was dismissed" />;
  }
  if (pending > 0) {
    return (
      <EmptyState icon={IconEye} title="Looking through the facts">
        {`${formatCount(pending, 'device')} to go.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconCircleCheck}
      title="Everything that was seen is declared"
      actions={<ActionButton id="add-machine" />}
    >
      What listens on your machines, their VLANs and their networks appear here once their facts
      were read.
    </EmptyState>
  );
}

interface FootProps {
  readonly list: ProposalList;
  readonly view: ProposalView;
  readonly onChange: (view: ProposalView) => void;
}

/** Below the rows: what can be done with the selected ones, and the other pages. */
function Foot({ list, view, onChange }: FootProps) {
  const { proposals } = useApp();
  const { selected, follows } = useStore(proposals.selection);
  const ticked = follows ? 0 : selected.size;
  if (ticked === 0)
    return (
      <PagesBar
        offset={view.offset}
        shown={list.rows.length}
        total={list.total}
        pageSize={pageSize}
        onOffset={(offset) => onChange({ ...view, offset })}
      />
    );
  return (
    <SelectionBar
      text={`${formatCount(ticked, 'proposal')} selected`}
      onClear={proposals.clearSelection}
    >
      {view.state === 'open' ? (
        <>
          <ActionButton id="accept-proposals" />
          <ActionButton id="dismiss-proposals" />
        </>
      ) : (
        <ActionButton id="restore-proposals" />
      )}
    </SelectionBar>
  );
}
