import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useCallback, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { countOf, inSentence } from '../../../../shared/model/kinds/words.ts';
import { useApp } from '../../../app/app-context.ts';
import type { ListedKind } from '../../../app/routes.ts';
import { rowAt } from '../../../rpc/paged-table.ts';
import { Button } from '../../../ui/button.tsx';
import { ColumnMenu } from '../../../ui/data-table/column-menu.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { useColumnChoice } from '../../../ui/data-table/use-column-choice.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { kindIcons } from '../kind-icons.ts';
import {
  formatFilter,
  isNarrowed,
  noFilter,
  parseFilter,
  type RecordFilter,
  sortedBy,
} from '../record-filter.ts';
import { kindHints } from '../record-words.ts';
import { CopyAll } from './copy-csv.tsx';
import {
  columnOfSort,
  columnsOf,
  columnsOffered,
  shownColumns,
  sortOf,
} from './record-columns.tsx';
import { RecordFilterBar } from './record-filter-bar.tsx';
import { RecordSelectionBar } from './record-selection-bar.tsx';
import { ViewsMenu } from './views-menu.tsx';

interface RecordScreenProps {
  readonly kind: ListedKind;
  readonly query: string;
}

/** All rows of a kind, filtered and sorted by the host; the filter stands in the address. */
export function RecordScreen({ kind: name, query }: RecordScreenProps) {
  const { records, layout, router } = useApp();
  const table = records.table(name);
  const state = useStore(table.store);
  const kind = kindOf(name);
  const filter = parseFilter(name, query);
  const offered = columnsOffered(name);
  const [chosen, choose] = useColumnChoice(offered);

  // The filter first: what is read then is read once.
  useEffect(() => table.setFilter(parseFilter(name, query)), [table, name, query]);
  useEffect(() => table.retain(), [table]);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);

  const setFilter = (next: RecordFilter) =>
    router.replace({ screen: 'kind', kind: name, query: formatFilter(next) });
  return (
    <>
      <PageHeader
        title={kind.plural}
        note={state.status === 'ready' ? countOf(kind, state.total) : null}
        actions={<AddButton kind={name} />}
      />
      <RecordFilterBar
        filter={filter}
        onChange={setFilter}
        tools={
          <>
            <CopyAll filter={filter} columns={chosen} />
            <ViewsMenu
              kind={name}
              current={{ query: formatFilter(filter), columns: [...chosen] }}
              onChoose={(view) => {
                choose(view.columns.filter((id) => offered.known.includes(id)));
                setFilter(parseFilter(name, view.query));
              }}
            />
            <ColumnMenu
              options={columnsOf(name)
                .slice(1)
                .map(({ id, header }) => ({ value: id, label: header }))}
              first={offered.first}
              chosen={chosen}
              onChange={choose}
            />
          </>
        }
      />
      <RecordRows columns={chosen} filter={filter} onChange={setFilter} />
      {/* Below the rows: above them it would move them under the pointer. */}
      {state.selected.size > 0 && !state.follows && (
        <RecordSelectionBar filter={filter} columns={chosen} />
      )}
    </>
  );
}

function AddButton({ kind }: { readonly kind: ListedKind }) {
  const { dialogs } = useApp();
  return (
    <Button
      tone="primary"
      icon={IconPlus}
      onClick={() => dialogs.setState({ kind: 'add-record', record: kind }, true)}
    >
      {`Add ${inSentence(kindOf(kind).label)}`}
    </Button>
  );
}

/** Rows that fill a window. */
const shapes = 30;

interface RowsProps {
  readonly columns: readonly string[];
  readonly filter: RecordFilter;
  readonly onChange: (filter: RecordFilter) => void;
}

function RecordRows({ columns: chosen, filter, onChange }: RowsProps) {
  const { records, router } = useApp();
  const table = records.table(filter.kind);
  const state = useStore(table.store);
  const kind = kindOf(filter.kind);
  const columns = useMemo(() => shownColumns(filter.kind, chosen), [filter.kind, chosen]);
  const open = useCallback(
    (row: InventoryRecord) => router.go({ screen: 'thing', kind: filter.kind, id: row.id }),
    [router, filter.kind],
  );

  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void table.reload()} />;
  }
  const loading = state.status === 'loading';
  if (!loading && state.total === 0) {
    return <NoRows filter={filter} onClear={() => onChange(noFilter(filter.kind))} />;
  }
  return (
    <DataTable
      key={filter.kind}
      label={kind.plural}
      columns={columns}
      // While they are read the rows stand as shapes, so that nothing jumps.
      count={loading ? shapes : state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      sort={{ key: columnOfSort(filter.sort.field, kind), descending: filter.sort.descending }}
      onSort={(id) => onChange(sortedBy(filter, sortOf(id)))}
      onOpen={open}
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

function NoRows({
  filter,
  onClear,
}: {
  readonly filter: RecordFilter;
  readonly onClear: () => void;
}) {
  const { kind: name } = filter;
  const kind = kindOf(name);
  if (isNarrowed(filter)) {
    return (
      <EmptyState
        icon={IconSearch}
        title={`No ${inSentence(kind.label)} matches`}
        actions={<Button onClick={onClear}>Clear the filter</Button>}
      >
        Nothing fits the search and the filters above.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={kindIcons[name]}
      title={`No ${inSentence(kind.plural)} yet`}
      actions={<AddButton kind={name} />}
    >
      {kindHints[name]}
    </EmptyState>
  );
}
