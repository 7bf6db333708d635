import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';

interface DeleteRackDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

export function DeleteRackDialog({ id, name, onClose }: DeleteRackDialogProps) {
  const { inventory, overview } = useApp();
  const devices = useResource(overview.rackDevices(id));
  const count = devices.status === 'ready' ? devices.data.length : null;

  async function remove() {
    const outcome = await inventory.removeRack(id, name);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <DeleteDialog name={name} onDelete={remove} onClose={onClose}>
      {whatStays(count)} You can undo this, also after a restart.
    </DeleteDialog>
  );
}

/** `count`: of the devices in it; null while that is being read. */
function whatStays(count: number | null): string {
  if (count === 0) return 'It is empty.';
  if (count === 1)
    return 'The device in it stays in the inventory and loses its place in the rack.';
  const devices = count === null ? 'devices' : formatCount(count, 'device');
  return `The ${devices} in it stay in the inventory and lose their place in the rack.`;
}
