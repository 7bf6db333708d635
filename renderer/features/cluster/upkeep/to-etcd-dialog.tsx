import { isolated } from '../../../ui/isolate.ts';
import { WorkDialog } from './work-dialog.tsx';

interface ToEtcdDialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly onClose: () => void;
}

/** From SQLite to etcd, which further servers can join. */
export function ToEtcdDialog({ context, cluster, onClose }: ToEtcdDialogProps) {
  return (
    <WorkDialog
      context={context}
      title={`Move ${isolated(cluster)} to etcd`}
      intro="Its only server keeps all of it in SQLite, which no second server can join. K3s moves it into an etcd as it is restarted; the database is copied first, and undo brings it back."
      verb="Move it"
      work={{ kind: 'to-etcd' }}
      onClose={onClose}
    >
      {null}
    </WorkDialog>
  );
}
