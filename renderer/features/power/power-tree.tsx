import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { rowAt } from '../../rpc/paged-table.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Toolbar } from '../../ui/page.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import { powerColumns } from './power-columns.tsx';
import type { PowerRow } from './power-store.ts';

/** Rows that fill a window. */
const shapes = 20;

/** Every breaker, outlet and device as a tree of lines; Enter plugs in, or opens the device. */
export function PowerTree() {
  const { power, dialogs, router } = useApp();
  const { tree } = power;
  const state = useStore(tree.store);
  const { filter } = state;
  useEffect(() => tree.retain(), [tree]);
  const columns = useMemo(
    () =>
      powerColumns({
        onFold(row) {
          const { collapsed } = tree.store.getState().filter;
          const next = collapsed.includes(row.key)
            ? collapsed.filter((key) => key !== row.key)
            : [...collapsed, row.key];
          tree.setFilter({ ...tree.store.getState().filter, collapsed: next });
        },
        onPlug: (sourceId, sourceName) =>
          dialogs.setState({ kind: 'plug-in', sourceId, sourceName }, true),
        onUnplug: (inputId, name) => void power.unplug(inputId, name),
        onAddOutlets: (deviceId, deviceName) =>
          dialogs.setState({ kind: 'add-outlets', deviceId, deviceName }, true),
      }),
    [tree, dialogs, power],
  );

  function open(row: PowerRow): void {
    if (row.device !== null) router.go({ screen: 'device', id: row.device.id, tab: 'details' });
    else if (row.pointId !== null) {
      dialogs.setState({ kind: 'plug-in', sourceId: row.pointId, sourceName: row.name }, true);
    }
  }

  const loading = state.status === 'loading';
  return (
    <>
      <Toolbar label="Filter the tree">
        <SearchField
          what="the power"
          value={filter.search}
          onChange={(search) => tree.setFilter({ ...filter, search })}
        />
        {filter.collapsed.length > 0 && (
          <Button tone="quiet" onClick={() => tree.setFilter({ ...filter, collapsed: [] })}>
            Unfold all
          </Button>
        )}
      </Toolbar>
      {state.status === 'failed' && state.failure !== null && (
        <ErrorState error={state.failure} onRetry={() => void tree.reload()} />
      )}
      {state.status === 'ready' && state.total === 0 && (
        <EmptyState icon={IconSearch} title="No line matches">
          Nothing in the power tree holds these words.
        </EmptyState>
      )}
      {state.status !== 'failed' && (loading || state.total > 0) && (
        <DataTable
          label="Power tree"
          columns={columns}
          count={loading ? shapes : state.total}
          rowAt={(index) => rowAt(state, index)}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          onOpen={open}
          onRange={tree.ensure}
          selection={{
            selected: state.selected,
            follows: true,
            active: state.active,
            onPick: (index, mode) => void tree.pick(index, mode),
            onClear: tree.clearSelection,
          }}
        />
      )}
    </>
  );
}
