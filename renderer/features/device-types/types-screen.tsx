import { IconBook2, IconFileImport, IconPlus, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { rowAt } from '../../rpc/paged-table.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader, Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { LibraryTypePage } from './library-type-page.tsx';
import { typeColumns } from './type-columns.tsx';

/** The device types: those of the inventory, and those that come with Rackhelm. */
export function TypesScreen({ thing }: { readonly thing: string | null }) {
  return thing === null ? <TypeList /> : <LibraryTypePage key={thing} typeKey={thing} />;
}

/** Rows that fill a window. */
const shapes = 20;

function TypeList() {
  const { deviceTypes, layout, dialogs } = useApp();
  const { table } = deviceTypes;
  const state = useStore(table.store);
  const [search, setSearch] = useState(table.store.getState().filter);
  useEffect(() => table.setFilter(search.slice(0, 200)), [table, search]);
  useEffect(() => table.retain(), [table]);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  return (
    <>
      <PageHeader
        title="Device types"
        note={state.status === 'ready' && formatCount(state.total, 'type')}
        actions={
          <>
            <Button
              icon={IconFileImport}
              onClick={() => dialogs.setState({ kind: 'import-types' }, true)}
            >
              Import files
            </Button>
            <Button
              tone="primary"
              icon={IconPlus}
              onClick={() => dialogs.setState({ kind: 'add-record', record: 'device-type' }, true)}
            >
              Add device type
            </Button>
          </>
        }
      />
      <Toolbar label="Filter device types">
        <SearchField what="device types" value={search} onChange={setSearch} />
      </Toolbar>
      <Rows search={search} onClear={() => setSearch('')} />
    </>
  );
}

function Rows({ search, onClear }: { readonly search: string; readonly onClear: () => void }) {
  const { deviceTypes, router } = useApp();
  const { table } = deviceTypes;
  const state = useStore(table.store);
  if (state.status === 'failed' && state.failure !== null) {
    return <ErrorState error={state.failure} onRetry={() => void table.reload()} />;
  }
  const loading = state.status === 'loading';
  if (!loading && state.total === 0) {
    return (
      <EmptyState
        icon={search === '' ? IconBook2 : IconSearch}
        title={search === '' ? 'No device types' : 'No device type matches'}
        actions={search !== '' && <Button onClick={onClear}>Clear the search</Button>}
      >
        A file of NetBox’s device-type library can be imported as it is.
      </EmptyState>
    );
  }
  return (
    <DataTable
      label="Device types"
      columns={typeColumns}
      count={loading ? shapes : state.total}
      rowAt={(index) => rowAt(state, index)}
      rowId={(row) => row.id}
      rowName={(row) => row.title}
      onRange={table.ensure}
      onOpen={(row) =>
        row.own
          ? router.go({ screen: 'thing', kind: 'device-type', id: row.id })
          : router.go({ screen: 'racks', view: 'types', thing: row.id })
      }
      selection={{
        selected: state.selected,
        follows: state.follows,
        active: state.active,
        onPick: table.pick,
        onClear: table.clearSelection,
      }}
    />
  );
}
