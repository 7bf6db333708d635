import { IconWorld } from '@tabler/icons-react';
import type { ServiceRow } from '../../../shared/model/inventory.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { ListScreen } from '../inventory/list-screen.tsx';
import { DeviceLink, LinkList, ServiceLink } from '../links/thing-links.tsx';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';

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
    grow: true,
    sortable: true,
    cell: (row) => (
      <LinkList>
        {row.runsOn.map(({ deviceId, deviceName }) => (
          <DeviceLink key={deviceId} id={deviceId} name={deviceName} />
        ))}
      </LinkList>
    ),
  },
  {
    id: 'dependsOn',
    header: 'Depends on',
    size: 170,
    grow: true,
    cell: (row) => (
      <LinkList>
        {row.dependsOn.map(({ serviceId, serviceName }) => (
          <ServiceLink key={serviceId} id={serviceId} name={serviceName} />
        ))}
      </LinkList>
    ),
  },
  {
    id: 'url',
    header: 'Address',
    size: 230,
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
export function ServicesScreen({ id }: { readonly id: string | null }) {
  const { inventory, router } = useApp();
  const state = useResource(inventory.services);
  const selected = state.status === 'ready' ? state.data.find((row) => row.id === id) : undefined;
  return (
    <ListScreen
      title="Services"
      noun="service"
      icon={IconWorld}
      state={state}
      onRetry={() => void inventory.services.reload()}
      selected={selected ?? null}
      onSelect={(row) => router.replace({ screen: 'services', ...(row && { id: row.id }) })}
      inspected={(row) => ({ kind: 'service', id: row.id })}
      add="add-record service"
      actions={
        <>
          <ProposalBadge area="services" />
          <ActionButton id="add-record service" tone="primary" />
        </>
      }
      columns={columns}
      sortText={sortText}
    >
      A service is what runs on your machines: Gitea, PostgreSQL, an ingress. The sample rack shows
      how they hang together.
    </ListScreen>
  );
}
