import { useApp } from '../../app/app-context.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { RemovalList } from '../inventory/removal-list.tsx';

interface DeleteRackDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function DeleteRackDialog({ id, name, onClose }: DeleteRackDialogProps) {
  const { inventory } = useApp();

  async function remove() {
    const outcome = await inventory.removeRack(id, name);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <DeleteDialog
      name={name}
      onDelete={remove}
      onClose={onClose}
      details={<RemovalList resource={inventory.rackRemovalPreview(id)} />}
    >
      Its devices stay in the inventory. You can undo this, also after a restart.
    </DeleteDialog>
  );
}
