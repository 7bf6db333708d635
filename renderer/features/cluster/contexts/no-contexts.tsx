import { IconHexagons } from '@tabler/icons-react';
import { ActionButton } from '../../../app/actions/action-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';

/** No cluster is connected: what there is to gain, and where to begin. */
export function NoContexts() {
  return (
    <>
      <PageHeader title="Cluster" />
      <EmptyState
        icon={IconHexagons}
        title="No cluster is connected"
        actions={<ActionButton id="connect-cluster" tone="primary" />}
      >
        With a kubeconfig you see your nodes, workloads and pods here as they are now, and why one
        does not start. Nothing is installed in the cluster.
      </EmptyState>
    </>
  );
}
