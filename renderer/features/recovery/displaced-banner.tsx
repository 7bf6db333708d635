import { IconDatabaseX } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';

/** Shown while the database file does not lie where it was opened; nothing can be changed then. */
export function DisplacedBanner() {
  const { recovery } = useApp();
  const state = useStore(recovery.store);
  if (state.status !== 'ready' || state.displaced === null) return null;
  const { what } = state.displaced;
  const actions = (
    <>
      <Button busy={state.busy} onClick={() => void recovery.putBack()}>
        Put it back
      </Button>
      {what === 'replaced' && (
        <Button tone="quiet" disabled={state.busy} onClick={() => void recovery.takeFound()}>
          Use the other one
        </Button>
      )}
    </>
  );
  return (
    <Banner icon={IconDatabaseX} actions={actions}>
      {what === 'replaced'
        ? 'Another file lies in the place of the inventory. What shows here is what Rackhelm holds; nothing can be changed.'
        : 'The file of the inventory was moved or deleted. Rackhelm holds all that was saved; nothing can be changed.'}
    </Banner>
  );
}
