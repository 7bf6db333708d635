import { IconWorld } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { ServiceRow } from '../../../shared/model/inventory.ts';
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

const names = (list: readonly string[]) => list.length > 0 && <span>{list.join(', ')}</span>;

const columns: readonly DataColumn<ServiceRow>[] = [
  {
    id: 'name',
    header: 'Name',
    size: 150,
    sortable: true,
    cell: (row) => <strong>{row.name}</strong>,
  },
  { id: 'kind', header: 'Kind', size: 96, sortable: true, cell: (row) => <span>{row.kind}</span> },
  {
    id: 'runsOn',
    header: 'Runs on',
    size: 150,
    sortable: true,
    cell: (row) => names(row.runsOn.map(({ deviceName }) => deviceName)),
  },
  {
    id: 'dependsOn',
    header: 'Depends on',
    size: 170,
    cell: (row) => names(row.dependsOn.map(({ serviceName }) => serviceName)),
  },
  {
    id: 'url',
    header: 'Address',
    size: 190,
    grow: true,
    sortable: true,
    cell: (row) => row.url !== null && <span className="rh-mono">{row.url}</span>,
  },
];

const sortText: Readonly<Record<string, (row: ServiceRow) => string>> = {
  name: (row) => row.name,
  kind: (row) => row.kind,
  runsOn: (row) => row.runsOn[0]?.deviceName ?? '',
  url: (row) => row.url ?? '',
};

export function ServicesScreen() {
  const { inventory, layout } = useApp();
  const state = useResource(inventory.services);
  const [selected, setSelected] = useState<string | null>(null);

  useEffect(() => {
    if (selected !== null) layout.inspect({ kind: 'service', id: selected });
  }, [layout, selected]);

  return (
    <>
      <PageHeader
        title="Services"
        note={state.status === 'ready' ? formatCount(state.data.length, 'service') : null}
      />
      {state.status === 'loading' && <Skeleton label="Reading the services" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void inventory.services.reload()} />
      )}
      {state.status === 'ready' && state.data.length === 0 && (
        <EmptyState
          icon={IconWorld}
          title="No services yet"
          actions={<ActionButton id="open-sample" />}
        >
          A service is what runs on your machines: Gitea, PostgreSQL, an ingress. The sample rack
          shows how they hang together.
        </EmptyState>
      )}
      {state.status === 'ready' && state.data.length > 0 && (
        <ListTable
          label="Services"
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
