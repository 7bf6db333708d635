import { IconNetwork } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { VlanRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { ListTable } from '../../ui/data-table/list-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageHeader } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

const columns: readonly DataColumn<VlanRow>[] = [
  {
    id: 'vlanId',
    header: 'VLAN',
    size: 76,
    sortable: true,
    cell: (row) => <span className="rh-mono">{row.vlanId}</span>,
  },
  {
    id: 'name',
    header: 'Name',
    size: 150,
    sortable: true,
    cell: (row) => <strong>{row.name}</strong>,
  },
  {
    id: 'prefixes',
    header: 'Prefixes',
    size: 300,
    sortable: true,
    cell: (row) =>
      row.prefixes.length > 0 && <span className="rh-mono">{row.prefixes.join('  ')}</span>,
  },
  {
    id: 'interfaceCount',
    header: 'Interfaces',
    size: 96,
    align: 'end',
    sortable: true,
    cell: (row) => <span>{row.interfaceCount}</span>,
  },
  {
    id: 'purpose',
    header: 'Purpose',
    size: 240,
    grow: true,
    sortable: true,
    cell: (row) => row.purpose !== null && <span>{row.purpose}</span>,
  },
];

const sortText: Readonly<Record<string, (row: VlanRow) => string>> = {
  vlanId: (row) => String(row.vlanId),
  name: (row) => row.name,
  prefixes: (row) => row.prefixes[0] ?? '',
  interfaceCount: (row) => String(row.interfaceCount),
  purpose: (row) => row.purpose ?? '',
};

export function NetworksScreen() {
  const { inventory, layout } = useApp();
  const state = useResource(inventory.vlans);
  const [selected, setSelected] = useState<string | null>(null);

  useEffect(() => {
    if (selected !== null) layout.inspect({ kind: 'vlan', id: selected });
  }, [layout, selected]);

  return (
    <>
      <PageHeader
        title="Networks"
        note={state.status === 'ready' ? formatCount(state.data.length, 'VLAN') : null}
      />
      {state.status === 'loading' && <Skeleton label="Reading the VLANs" lines={6} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void inventory.vlans.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={IconNetwork}
          title="No VLANs yet"
          actions={<ActionButton id="open-sample" />}
        >
          VLANs come with the machines that carry them. The sample rack has four: management,
          storage, ingress and internal.
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <ListTable
          label="VLANs"
          rows={state.data}
          columns={columns}
          sortText={sortText}
          rowId={(row) => row.id}
          rowName={(row) => row.name}
          selected={selected}
          onSelect={setSelected}
        />
      )}
    </>
  );
}
