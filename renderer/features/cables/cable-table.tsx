import { IconPencil, IconPlugConnected, IconSearch, IconTrash } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { cable as cableKind } from '../../../shared/model/kinds/cables-and-power.ts';
import { useApp } from '../../app/app-context.ts';
import { rowAt } from '../../rpc/paged-table.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu, ToggleChip } from '../../ui/filter-menu.tsx';
import { SelectionBar } from '../../ui/foot-bar.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { optionLabel } from '../records/record-words.ts';
import { cableColumns } from './cable-columns.tsx';
import { everyCable, isNarrowed, sortedBy } from './cable-filter.ts';

const optionsOf = (values: readonly string[]) =>
  values.map((value) => ({ value, label: optionLabel(value) }));

/** All cables with both ends in words, filtered and sorted by the host. */
export function CableTable() {
  const { cables } = useApp();
  const { selected, follows } = useStore(cables.table.store);
  useEffect(() => cables.table.retain(), [cables]);
  return (
    <>
      <CableFilterBar />
      <CableRows />
      {selected.size > 0 && !follows && <CableSelectionBar />}
    </>
  );
}

function CableFilterBar() {
  const { table } = useApp().cables;
  const { filter } = useStore(table.store);
  return (
    <Toolbar label="Filter cables">
      <SearchField
        what="cables"
        value={filter.search}
        onChange={(search) => table.setFilter({ ...filter, search })}
      />
      <FilterMenu
        label="Type"
        options={optionsOf(cableKind.fields.type.options)}
        chosen={filter.types}
        onChange={(types) => table.setFilter({ ...filter, types })}
      />
      <FilterMenu
        label="Status"
        options={optionsOf(cableKind.fields.status.options)}
        chosen={filter.statuses}
        onChange={(statuses) => table.setFilter({ ...filter, statuses })}
      />
      <ToggleChip on={filter.open} onChange={(open) => table.setFilter({ ...filter, open })}>
        With a free end
      </ToggleChip>
      {isNarrowed(filter) && (
        <Button tone="quiet" onClick={() => table.setFilter({ ...everyCable, sort: filter.sort })}>
          Clear
        </Button>
      )}
    </Toolbar>
  );
}

/** Rows that fill a window. */
const shapes = 30;

function CableRows() {
  const { cables, router } = useApp();
  const { table } = cables;
  const state = useStore(table.store);
  const { filter } = state;
  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void table.reload()} />;
  }
  const loading = state.status === 'loading';
  if (!loading && state.total === 0) return <NoCables narrowed={isNarrowed(filter)} />;
  return (
    <DataTable
      label="Cables"
      columns={cableColumns}
      count={loading ? shapes : state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.label}
      sort={{ key: filter.sort.key, descending: filter.sort.descending }}
      onSort={(id) => table.setFilter(sortedBy(filter, id))}
      onOpen={(row) => router.go({ screen: 'thing', kind: 'cable', id: row.id })}
      onRange={table.ensure}
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

function NoCables({ narrowed }: { readonly narrowed: boolean }) {
  const { cables, dialogs } = useApp();
  if (narrowed) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No cable matches"
        actions={
          <Button onClick={() => cables.table.setFilter(everyCable)}>Clear the filter</Button>
        }
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconPlugConnected}
      title="No cables yet"
      actions={
        <Button tone="primary" onClick={() => dialogs.setState({ kind: 'connect' }, true)}>
          Add cable
        </Button>
      }
    >
      A cable joins two ports. Add one by hand, or refresh machines that speak LLDP: what they are
      connected to is proposed here.
    </EmptyState>
  );
}

function CableSelectionBar() {
  const { cables, dialogs } = useApp();
  const { selected } = useStore(cables.table.store);
  const open = (kind: 'edit-records' | 'delete-records') => () =>
    dialogs.setState({ kind, record: 'cable', ids: [...selected] }, true);
  return (
    <SelectionBar
      text={`${formatCount(selected.size, 'cable')} selected`}
      onClear={cables.table.clearSelection}
    >
      <Button icon={IconPencil} onClick={open('edit-records')}>
        Edit
      </Button>
      <Button icon={IconTrash} onClick={open('delete-records')}>
        Delete
      </Button>
    </SelectionBar>
  );
}
