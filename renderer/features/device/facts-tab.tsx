import { IconRadar2 } from '@tabler/icons-react';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FactsView } from '../facts/facts-view.tsx';

/** The newest facts as the machine itself told them. */
export function FactsTab({ id }: { readonly id: string }) {
  const { device } = useApp();
  const resource = device.facts(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reading the facts" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (state.data === null) {
    return (
      <EmptyState icon={IconRadar2} title="No facts yet" actions={<ActionButton id="refresh" />}>
        Refresh reads the machine over SSH: hardware, file systems, addresses, ports and more, in
        one round trip. Nothing is installed on the machine.
      </EmptyState>
    );
  }
  return <FactsView facts={state.data} />;
}
