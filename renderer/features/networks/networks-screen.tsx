import { IconNetwork } from '@tabler/icons-react';
import type { PrefixRow, VlanRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import type { Loadable } from '../../rpc/resource.ts';
import { useResource } from '../../rpc/use-resource.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { ListScreen } from '../inventory/list-screen.tsx';
import { LinkList, PrefixLink } from '../links/thing-links.tsx';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';
import { type NetworkRow, networkRows, rowOfThing, thingOf } from './network-rows.ts';

const columns: readonly DataColumn<NetworkRow>[] = [
  {
    id: 'vlanId',
    header: 'VLAN',
    size: 76,
    sortable: true,
    cell: (row) => <span className="rh-mono">{row.vlanId ?? '–'}</span>,
  },
  {
    id: 'name',
    header: 'Name',
    size: 150,
    sortable: true,
    cell: (row) =>
      row.kind === 'vlan' ? (
        <strong>
          <bdi>{row.name}</bdi>
        </strong>
      ) : (
        row.name
      ),
  },
  {
    id: 'prefixes',
    header: 'Prefixes',
    size: 300,
    sortable: true,
    cell: (row) => (
      <span className="rh-mono">
        <LinkList>
          {row.prefixes.map((prefix) => (
            <PrefixLink key={prefix} prefix={prefix} />
          ))}
        </LinkList>
      </span>
    ),
  },
  {
    id: 'interfaceCount',
    header: 'Interfaces',
    size: 96,
    align: 'end',
    sortable: true,
    cell: (row) => <span>{row.interfaceCount ?? '–'}</span>,
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

const sortText: Readonly<Record<string, (row: NetworkRow) => string>> = {
  // Those of no VLAN come after the highest number that there can be.
  vlanId: (row) => String(row.vlanId ?? 5000),
  name: (row) => row.name,
  prefixes: (row) => row.prefixes[0] ?? '',
  interfaceCount: (row) => String(row.interfaceCount ?? 0),
  purpose: (row) => row.purpose ?? '',
};

function together(
  vlans: Loadable<VlanRow[]>,
  prefixes: Loadable<PrefixRow[]>,
): Loadable<readonly NetworkRow[]> {
  if (vlans.status !== 'ready') return vlans;
  if (prefixes.status !== 'ready') return prefixes;
  return { ...vlans, data: networkRows(vlans.data, prefixes.data) };
}

/** The VLANs with their prefixes, and the prefixes of which no VLAN is known. */
export function NetworksScreen({ thing }: { readonly thing: string | null }) {
  const { inventory, router } = useApp();
  const prefixes = useResource(inventory.prefixes);
  const state = together(useResource(inventory.vlans), prefixes);
  const rows = state.status === 'ready' ? state.data : [];
  const known = prefixes.status === 'ready' ? prefixes.data : [];
  return (
    <ListScreen
      title="Networks"
      noun="network"
      icon={IconNetwork}
      state={state}
      onRetry={() => {
        void inventory.vlans.reload();
        void inventory.prefixes.reload();
      }}
      columns={columns}
      sortText={sortText}
      selected={rowOfThing(thing, rows, known)}
      onSelect={(row) =>
        router.replace({ screen: 'networks', ...(row && { thing: thingOf(row) }) })
      }
      inspected={(row) => ({ kind: row.kind, id: row.id })}
      actions={<ProposalBadge area="networks" />}
    >
      VLANs and prefixes come with the machines that carry them: read a machine and accept what was
      seen. The sample rack has four: management, storage, ingress and internal.
    </ListScreen>
  );
}
