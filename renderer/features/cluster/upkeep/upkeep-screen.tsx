import {
  IconArrowBigUpLines,
  IconCamera,
  IconCertificate,
  IconDatabase,
  IconRefresh,
} from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { useApp } from '../../../app/app-context.ts';
import { formatRoute } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ReadAt } from '../drift/reading-note.tsx';
import { TokensTable } from './tokens-table.tsx';
import classes from './upkeep.module.css';
import { type OpenWork, UpkeepDialog } from './upkeep-dialog.tsx';
import { NodesTable, SnapshotsTable } from './upkeep-tables.tsx';

/** What a cluster is made of: its servers and agents with their versions, and what is kept of it. */
export function UpkeepScreen({ context }: { readonly context: string }) {
  const { upkeep } = useApp().cluster;
  const resource = upkeep.overview(context);
  const state = useResource(resource);
  const overview = state.status === 'ready' ? state.data : null;
  const [open, setOpen] = useState<OpenWork | null>(null);
  // A node may have joined or left since it was last looked at.
  useEffect(() => {
    if (resource.store.getState().status === 'ready') void resource.reload();
  }, [resource]);
  const close = () => {
    setOpen(null);
    upkeep.refresh();
  };
  return (
    <>
      <PageHeader
        title="Servers and upgrades"
        note={overview && <ReadAt at={overview.readAt} />}
        actions={
          <>
            <Button icon={IconRefresh} onClick={upkeep.refresh}>
              Refresh
            </Button>
            <Button
              icon={IconCertificate}
              disabled={overview === null || overview.datastore === 'no-k3s'}
              onClick={() => setOpen({ what: 'certificates' })}
            >
              Certificates
            </Button>
            {overview?.datastore === 'other' ? (
              <Button icon={IconDatabase} onClick={() => setOpen({ what: 'to-etcd' })}>
                Move to etcd
              </Button>
            ) : (
              <Button
                icon={IconCamera}
                disabled={overview?.datastore !== 'etcd'}
                onClick={() => setOpen({ what: 'snapshot' })}
              >
                Take a snapshot
              </Button>
            )}
            <Button
              icon={IconArrowBigUpLines}
              disabled={overview === null || overview.datastore === 'no-k3s'}
              onClick={() => setOpen({ what: 'upgrade' })}
            >
              Upgrade
            </Button>
          </>
        }
      />
      {state.status === 'loading' && <Skeleton label="Reading the cluster" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {overview !== null && (
        <PageBody>
          <div className={classes.page}>
            <UnderWay overview={overview} />
            <NodesTable
              context={context}
              overview={overview}
              onLeave={(node) => setOpen({ what: 'leave', node })}
              onDoctor={(node) => setOpen({ what: 'doctor', node })}
            />
            <SnapshotsTable overview={overview} />
            <TokensTable
              overview={overview}
              onCreate={() => setOpen({ what: 'create-token' })}
              onDelete={(token) => setOpen({ what: 'delete-token', token })}
              onRotate={() => setOpen({ what: 'rotate-token' })}
            />
          </div>
        </PageBody>
      )}
      {overview !== null && open !== null && (
        <UpkeepDialog context={context} overview={overview} open={open} onClose={close} />
      )}
    </>
  );
}

function UnderWay({ overview: { work } }: { readonly overview: UpkeepOverview }) {
  const [first] = work;
  if (first === undefined) return null;
  return (
    <Callout title="Work is under way in this cluster">
      One at a time: <a href={formatRoute({ screen: 'job', id: first.jobId })}>{first.title}</a>
    </Callout>
  );
}
