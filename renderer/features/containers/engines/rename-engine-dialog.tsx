import type { SavedEngine } from '../../../../shared/containers/engine.ts';
import { useApp } from '../../../app/app-context.ts';
import { RenameDialog } from '../../../ui/rename-dialog.tsx';

interface RenameEngineProps {
  readonly engine: SavedEngine;
  readonly onClose: () => void;
}

export function RenameEngineDialog({ engine, onClose }: RenameEngineProps) {
  const { engines } = useApp().containers;
  return (
    <RenameDialog
      name={engine.name}
      description="Here only: the machine keeps its own."
      onRename={async (name) => {
        const outcome = await engines.rename(engine.id, name);
        return outcome.ok ? null : outcome.failure;
      }}
      onClose={onClose}
    />
  );
}
