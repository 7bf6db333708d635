import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { CertificatesDialog } from './certificates-dialog.tsx';
import { DoctorDialog } from './doctor-dialog.tsx';
import { LeaveDialog } from './leave-dialog.tsx';
import { SnapshotDialog } from './snapshot-dialog.tsx';
import { ToEtcdDialog } from './to-etcd-dialog.tsx';
import { CreateTokenDialog, DeleteTokenDialog, RotateTokenDialog } from './token-dialogs.tsx';
import { UpgradeDialog } from './upgrade-dialog.tsx';

/** Which work of a cluster a person looks at. */
export type OpenWork =
  | { readonly what: 'leave' | 'doctor'; readonly node: string }
  | { readonly what: 'delete-token'; readonly token: string }
  | {
      readonly what:
        | 'upgrade'
        | 'snapshot'
        | 'to-etcd'
        | 'certificates'
        | 'create-token'
        | 'rotate-token';
    };

interface UpkeepDialogProps {
  readonly context: string;
  readonly overview: UpkeepOverview;
  readonly open: OpenWork;
  readonly onClose: () => void;
}

export function UpkeepDialog({ context, overview, open, onClose }: UpkeepDialogProps) {
  const shared = { context, cluster: overview.cluster.name, onClose };
  switch (open.what) {
    case 'leave':
      return <LeaveDialog {...shared} node={open.node} />;
    case 'doctor':
      return <DoctorDialog context={context} node={open.node} onClose={onClose} />;
    case 'upgrade':
      return <UpgradeDialog {...shared} />;
    case 'snapshot':
      return <SnapshotDialog {...shared} nodes={overview.nodes} />;
    case 'to-etcd':
      return <ToEtcdDialog {...shared} />;
    case 'certificates':
      return <CertificatesDialog {...shared} />;
    case 'create-token':
      return <CreateTokenDialog {...shared} />;
    case 'delete-token':
      return <DeleteTokenDialog context={context} id={open.token} onClose={onClose} />;
    case 'rotate-token':
      return <RotateTokenDialog {...shared} />;
  }
}
