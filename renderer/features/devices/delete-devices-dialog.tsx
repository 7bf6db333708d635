import { useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';

interface DeleteDevicesDialogProps {
  readonly ids: readonly string[];
  readonly name: string;
  readonly onClose: () => void;
}

export function DeleteDevicesDialog({ ids, name, onClose }: DeleteDevicesDialogProps) {
  const { inventory, devices, router } = useApp();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function confirm(): Promise<void> {
    setBusy(true);
    const outcome = await inventory.removeDevices(ids, name);
    setBusy(false);
    if (!outcome.ok) return setFailure(outcome.failure);
    devices.clearSelection();
    const route = router.store.getState();
    // The page of a device that is gone would only say so.
    if (route.screen === 'device' && ids.includes(route.id))
      router.go({ screen: 'devices', query: '' });
    onClose();
  }

  return (
    <ConfirmDialog
      title={`Delete ${isolated(name)}?`}
      confirm="Delete"
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>
        Interfaces, addresses, notes and observations go with {ids.length === 1 ? 'it' : 'them'}.
        You can undo this, also after a restart.
      </p>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
