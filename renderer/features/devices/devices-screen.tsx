import { IconSearch, IconServer } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { rowAt } from '../../rpc/paged-table.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ColumnMenu } from '../../ui/data-table/column-menu.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { useColumnChoice } from '../../ui/data-table/use-column-choice.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterMenu } from '../../ui/filter-menu.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader, Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { deviceColumnsOffered } from './column-choice.ts';
import { columnOptions, deviceColumns } from './device-columns.tsx';
import {
  type DeviceFilter,
  formatFilter,
  isNarrowed,
  noFilter,
  noRack,
  parseFilter,
  type SortKey,
  sortedBy,
} from './device-filter.ts';
import { kindOptions, kindWords, statusOptions, statusWords } from './device-words.ts';
import classes from './devices-screen.module.css';
import { DeviceSelectionBar } from './selection-bar.tsx';

const kinds = kindOptions.map((option) => ({
  ...option,
  icon: kindWords[option.value as keyof typeof kindWords].icon, // made from kindWords' own keys
}));
const statuses = statusOptions.map((option) => ({
  ...option,
  icon: statusWords[option.value as keyof typeof statusWords].icon, // made from its own keys
}));

const agreements = [
  { value: 'onlyFailed', label: 'Could not be read' },
  { value: 'onlyDifferent', label: 'With differences' },
  { value: 'onlyOld', label: 'Read over a week ago' },
  { value: 'onlyUnobserved', label: 'Never read' },
] as const;

/** All devices, filtered and sorted by the host; the filter stands in the address. */
export function DevicesScreen({ query }: { readonly query: string }) {
  const { devices, layout, router } = useApp();
  const state = useStore(devices.store);
  const filter = parseFilter(query);
  const [chosen, choose] = useColumnChoice(deviceColumnsOffered);

  // The filter first: what is read then is read once.
  useEffect(() => devices.setFilter(parseFilter(query)), [devices, query]);
  useEffect(() => devices.retain(), [devices]);
  useEffect(() => layout.inspect({ kind: 'selection' }), [layout]);

  const setFilter = (next: DeviceFilter) =>
    router.replace({ screen: 'devices', query: formatFilter(next) });
  const open = useCallback(
    (row: DeviceRow) => router.go({ screen: 'device', id: row.id, tab: 'details' }),
    [router],
  );

  return (
    <>
      <PageHeader
        title="Devices"
        note={state.status === 'ready' ? formatCount(state.total, 'device') : null}
        actions={
          <>
            <ActionButton id="add-device" tone="default" />
            <ActionButton id="add-machine" />
            <ActionButton id="onboard" tone="primary" />
          </>
        }
      />
      <FilterBar
        filter={filter}
        onChange={setFilter}
        tools={
          <ColumnMenu
            options={columnOptions}
            first={deviceColumnsOffered.first}
            chosen={chosen}
            onChange={choose}
          />
        }
      />
      <DevicesBody
        columns={chosen}
        filter={filter}
        onSort={(id) => setFilter(sortedBy(filter, id as SortKey))} // sortable columns are sort keys
        onOpen={open}
        onClearFilter={() => setFilter({ ...noFilter, sort: filter.sort })}
      />
      {/* Below the rows: above them it would move them under the pointer. */}
      {state.selected.size > 1 && <DeviceSelectionBar />}
    </>
  );
}

/** Rows that fill a window. */
const shapes = 30;

interface DevicesBodyProps {
  readonly columns: readonly string[];
  readonly filter: DeviceFilter;
  readonly onSort: (columnId: string) => void;
  readonly onOpen: (row: DeviceRow) => void;
  readonly onClearFilter: () => void;
}

function DevicesBody({ columns: chosen, filter, onSort, onOpen, onClearFilter }: DevicesBodyProps) {
  const { devices } = useApp();
  const state = useStore(devices.store);
  const columns = useMemo(
    () => deviceColumns.filter(({ id }) => id === 'name' || chosen.includes(id)),
    [chosen],
  );
  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void devices.reload()} />;
  }
  const loading = state.status === 'loading';
  if (!loading && state.total === 0) {
    return <NoDevices narrowed={isNarrowed(filter)} onClearFilter={onClearFilter} />;
  }
  return (
    <DataTable
      label="Devices"
      columns={columns}
      // While they are read the rows stand as shapes, so that nothing jumps.
      count={loading ? shapes : state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      sort={filter.sort}
      onSort={onSort}
      onOpen={onOpen}
      onRange={devices.ensure}
      selection={{
        selected: state.selected,
        follows: state.follows,
        active: state.active,
        onPick: devices.pick,
        onSelectAll: devices.selectAll,
        onClear: devices.clearSelection,
      }}
    />
  );
}

function NoDevices(props: { readonly narrowed: boolean; readonly onClearFilter: () => void }) {
  if (props.narrowed) {
    return (
      <EmptyState
        icon={IconSearch}
        title="No device matches"
        actions={<Button onClick={props.onClearFilter}>Clear the filter</Button>}
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconServer}
      title="No devices yet"
      actions={
        <>
          <ActionButton id="onboard" tone="primary" />
          <ActionButton id="add-machine" />
          <ActionButton id="add-device" />
        </>
      }
    >
      Add a machine over SSH and its facts come with it, or write a device down by hand.
    </EmptyState>
  );
}

interface FilterBarProps {
  readonly filter: DeviceFilter;
  readonly onChange: (filter: DeviceFilter) => void;
  /** At the right end: what is about the list, and not about what it leaves out. */
  readonly tools: ReactNode;
}

function FilterBar({ filter, onChange, tools }: FilterBarProps) {
  const { devices, inventory } = useApp();
  const racks = useResource(inventory.racks);
  const tags = useResource(inventory.tags);
  const rackOptions = racks.status === 'ready' ? racks.data : [];
  const tagOptions = tags.status === 'ready' ? tags.data : [];
  return (
    <Toolbar label="Filter devices">
      <SearchField
        what="devices"
        value={filter.search}
        onChange={(search) => onChange({ ...filter, search })}
        onRows={() => {
          if (devices.store.getState().active === null) void devices.pick(0, 'move');
        }}
        clearable
      />
      <FilterMenu
        label="Kind"
        options={kinds}
        chosen={filter.kinds}
        // the options are the model's kinds
        onChange={(chosen) => onChange({ ...filter, kinds: chosen as DeviceFilter['kinds'] })}
      />
      <FilterMenu
        label="Status"
        options={statuses}
        chosen={filter.statuses}
        // the options are the model's statuses
        onChange={(chosen) => onChange({ ...filter, statuses: chosen as DeviceFilter['statuses'] })}
      />
      {(rackOptions.length > 0 || filter.onlyWithoutRack) && (
        <FilterMenu
          label="Rack"
          single
          options={[
            ...rackOptions.map((rack) => ({ value: rack.id, label: rack.name })),
            { value: noRack, label: 'Without a rack' },
          ]}
          chosen={filter.onlyWithoutRack ? [noRack] : filter.rackId === null ? [] : [filter.rackId]}
          onChange={([chosen = null]) =>
            onChange({
              ...filter,
              rackId: chosen === noRack ? null : chosen,
              onlyWithoutRack: chosen === noRack,
            })
          }
        />
      )}
      {tagOptions.length > 0 && (
        <FilterMenu
          label="Tag"
          single
          options={tagOptions.map(({ name }) => ({ value: name, label: name }))}
          chosen={filter.tag === null ? [] : [filter.tag]}
          onChange={([tag]) => onChange({ ...filter, tag: tag ?? null })}
        />
      )}
      <FilterMenu
        label="Read"
        single
        plain
        options={agreements}
        chosen={agreements.flatMap(({ value }) => (filter[value] ? value : []))}
        onChange={([chosen]) =>
          onChange({
            ...filter,
            onlyFailed: chosen === 'onlyFailed',
            onlyDifferent: chosen === 'onlyDifferent',
            onlyOld: chosen === 'onlyOld',
            onlyUnobserved: chosen === 'onlyUnobserved',
          })
        }
      />
      {isNarrowed(filter) && (
        <Button tone="quiet" onClick={() => onChange({ ...noFilter, sort: filter.sort })}>
          Clear
        </Button>
      )}
      <span className={classes.tools}>{tools}</span>
    </Toolbar>
  );
}
