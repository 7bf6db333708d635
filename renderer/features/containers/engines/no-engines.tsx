import { IconBox } from '@tabler/icons-react';
import { ActionButton } from '../../../app/actions/action-button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PageHeader } from '../../../ui/page.tsx';

/** No engine is connected: what there is to gain, and where to begin. */
export function NoEngines() {
  return (
    <>
      <PageHeader title="Containers" />
      <EmptyState
        icon={IconBox}
        title="No container engine is connected"
        actions={<ActionButton id="connect-engine" tone="primary" />}
      >
        With Docker or Podman on a machine you see its containers here as they are now, why one
        ended, and what takes its disk. No port has to be opened, and nothing is installed there.
      </EmptyState>
    </>
  );
}
