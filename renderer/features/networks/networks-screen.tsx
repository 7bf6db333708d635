import { IconNetwork } from '@tabler/icons-react';
import type { VlanRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { ListScreen } from '../inventory/list-screen.tsx';

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
    cell: (row) => (
      <strong>
        <bdi>{row.name}</bdi>
      </strong>
    ),
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
    cell: (row) => row.purpose !== null && <bdi>{row.purpose}</bdi>,
  },
];

const sortText: Readonly<Record<string, (row: VlanRow) => string>> = {
  vlanId: (row) => String(row.vlanId),
  name: (row) => row.name,
  prefixes: (row) => row.prefixes[0] ?? '',
  interfaceCount: (row) => String(row.interfaceCount),
  purpose: (row) => row.purpose ?? '',
};

/** The VLANs with their prefixes. */
export function NetworksScreen() {
  const { inventory } = useApp();
  return (
    <ListScreen
      title="Networks"
      noun="VLAN"
      kind="vlan"
      icon={IconNetwork}
      resource={inventory.vlans}
      columns={columns}
      sortText={sortText}
    >
      VLANs come with the machines that carry them. The sample rack has four: management, storage,
      ingress and internal.
    </ListScreen>
  );
}
