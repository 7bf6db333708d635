import { useApp } from '../../app/app-context.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { RemovalList } from './removal-list.tsx';

/** Takes the sample rack away as a whole, whatever was done since. */
export function DeleteSampleDialog({ onClose }: { readonly onClose: () => void }) {
  const { inventory } = useApp();

  async function remove() {
    const outcome = await inventory.removeSample();
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <DeleteDialog
      name="the sample rack"
      onDelete={remove}
      onClose={onClose}
      details={<RemovalList resource={inventory.samplePreview} />}
    >
      Devices, services and networks that you added stay. You can undo this, also after a restart.
    </DeleteDialog>
  );
}
