import { useApp } from '../../app/app-context.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { useReason } from '../history/use-reason.tsx';
import { RemovalList } from '../inventory/removal-list.tsx';

interface DeleteDevicesDialogProps {
  readonly ids: readonly string[];
  readonly name: string;
  readonly onClose: () => void;
}

export function DeleteDevicesDialog({ ids, name, onClose }: DeleteDevicesDialogProps) {
  const { inventory, devices, racks, router } = useApp();

  const reason = useReason(ids.length);

  async function remove() {
    const outcome = await inventory.removeDevices(ids, name);
    if (!outcome.ok) return outcome.failure;
    void reason.keep(outcome.value.changeSetId);
    devices.clearSelection();
    racks.clearPicked();
    const route = router.store.getState();
    // The page of a device that is gone would only say so.
    if (route.screen === 'device' && ids.includes(route.id))
      router.go({ screen: 'devices', query: '' });
    onClose();
    return null;
  }

  return (
    <DeleteDialog
      name={name}
      onDelete={remove}
      onClose={onClose}
      details={
        <>
          <RemovalList resource={inventory.removalPreview(ids)} />
          {reason.field}
        </>
      }
    >
      You can undo this, also after a restart.
    </DeleteDialog>
  );
}
