import { IconWorld } from '@tabler/icons-react';
import type { ServiceRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { isolatedList } from '../../ui/isolate.ts';
import { ListScreen } from '../inventory/list-screen.tsx';

const names = (list: readonly string[]) => list.length > 0 && <span>{isolatedList(list)}</span>;

const columns: readonly DataColumn<ServiceRow>[] = [
  {
    id: 'name',
    header: 'Name',
    size: 150,
    sortable: true,
    cell: (row) => (
      <strong>
        <bdi>{row.name}</bdi>
      </strong>
    ),
  },
  { id: 'kind', header: 'Kind', size: 96, sortable: true, cell: (row) => <bdi>{row.kind}</bdi> },
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
    cell: (row) => row.url !== null && <bdi className="rh-mono">{row.url}</bdi>,
  },
];

const sortText: Readonly<Record<string, (row: ServiceRow) => string>> = {
  name: (row) => row.name,
  kind: (row) => row.kind,
  runsOn: (row) => row.runsOn[0]?.deviceName ?? '',
  url: (row) => row.url ?? '',
};

/** What runs on the machines, and what it needs. */
export function ServicesScreen() {
  const { inventory } = useApp();
  return (
    <ListScreen
      title="Services"
      noun="service"
      kind="service"
      icon={IconWorld}
      resource={inventory.services}
      columns={columns}
      sortText={sortText}
    >
      A service is what runs on your machines: Gitea, PostgreSQL, an ingress. The sample rack shows
      how they hang together.
    </ListScreen>
  );
}
