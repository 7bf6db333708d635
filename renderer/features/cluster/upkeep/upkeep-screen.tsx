import { IconArrowBigUpLines, IconCamera, IconCertificate, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { useApp } from '../../../app/app-context.ts';
import { formatRoute } from '../../../app/routes.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, ErrorState } from '../../../ui/error-state.tsx';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ReadAt } from '../drift/reading-note.tsx';
import { CertificatesDialog } from './certificates-dialog.tsx';
import { DoctorDialog } from './doctor-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { SnapshotDialog } from './snapshot-dialog.tsx';
import { UpgradeDialog } from './upgrade-dialog.tsx';
import classes from './upkeep.module.css';
import { NodesTable, SnapshotsTable, TokensTable } from './upkeep-tables.tsx';

type Open =
  | { readonly what: 'leave' | 'doctor'; readonly node: string }
  | { readonly what: 'upgrade' | 'snapshot' | 'certificates' };

/** What a cluster is made of: its servers and agents with their versions, and what is kept of it. */
export function UpkeepScreen({ context }: { readonly context: string }) {
  const { upkeep } = useApp().cluster;
  const resource = upkeep.overview(context);
  const state = useResource(resource);
  const overview = state.status === 'ready' ? state.data : null;
  const [open, setOpen] = useState<Open | null>(null);
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
            <Button
              icon={IconCamera}
              disabled={overview?.datastore !== 'etcd'}
              onClick={() => setOpen({ what: 'snapshot' })}
            >
              Take a snapshot
            </Button>
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
            <TokensTable overview={overview} />
          </div>
        </PageBody>
      )}
      {overview !== null && open?.what === 'leave' && (
        <LeaveDialog
          context={context}
          cluster={overview.cluster.name}
          node={open.node}
          onClose={close}
        />
      )}
      {open?.what === 'doctor' && (
        <DoctorDialog context={context} node={open.node} onClose={close} />
      )}
      {overview !== null && open?.what === 'upgrade' && (
        <UpgradeDialog context={context} cluster={overview.cluster.name} onClose={close} />
      )}
      {overview !== null && open?.what === 'certificates' && (
        <CertificatesDialog context={context} cluster={overview.cluster.name} onClose={close} />
      )}
      {overview !== null && open?.what === 'snapshot' && (
        <SnapshotDialog
          context={context}
          cluster={overview.cluster.name}
          nodes={overview.nodes}
          onClose={close}
        />
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
