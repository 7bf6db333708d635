import { useApp } from '../../../app/app-context.ts';
import { RenameDialog } from '../../../ui/rename-dialog.tsx';
import type { SavedContext } from './contexts-store.ts';

interface RenameContextProps {
  readonly context: SavedContext;
  readonly onClose: () => void;
}

/** Another name for a way to a cluster, here only. */
export function RenameContextDialog({ context, onClose }: RenameContextProps) {
  const { contexts } = useApp().cluster;
  return (
    <RenameDialog
      name={context.name}
      description="Here only: in its kubeconfig it keeps its own."
      onRename={async (name) => {
        const outcome = await contexts.rename(context.id, name);
        return outcome.ok ? null : outcome.failure;
      }}
      onClose={onClose}
    />
  );
}
