import { isolated } from '../../../ui/isolate.ts';
import { WorkDialog } from './work-dialog.tsx';

interface DoctorDialogProps {
  readonly context: string;
  readonly node: string;
  readonly onClose: () => void;
}

/** Why a node does not come back: what its machine, its log and the cluster say. */
export function DoctorDialog({ context, node, onClose }: DoctorDialogProps) {
  return (
    <WorkDialog
      context={context}
      title={`Why ${isolated(node)} does not come back`}
      intro="What its machine, the log of K3s there and the cluster say, what comes first first. What can be mended from here stands in the plan."
      verb="Mend it"
      work={{ kind: 'doctor', node }}
      onClose={onClose}
    >
      {null}
    </WorkDialog>
  );
}
