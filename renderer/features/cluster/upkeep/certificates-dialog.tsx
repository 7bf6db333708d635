import { isolated } from '../../../ui/isolate.ts';
import { WorkDialog } from './work-dialog.tsx';

interface CertificatesDialogProps {
  readonly context: string;
  readonly cluster: string;
  readonly onClose: () => void;
}

/** When the certificates of each node end, and new ones. */
export function CertificatesDialog({ context, cluster, onClose }: CertificatesDialogProps) {
  return (
    <WorkDialog
      context={context}
      title={`Certificates of ${isolated(cluster)}`}
      intro="When those of each node end, as they lie on its machine. Renewing them restarts K3s node by node; pods go on running."
      verb="Renew all"
      work={{ kind: 'certificates', nodes: [] }}
      onClose={onClose}
    >
      {null}
    </WorkDialog>
  );
}
