import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApp } from '../../../app/app-context.ts';
import { FormDialog } from '../../../ui/form-dialog.tsx';
import { isolated } from '../../../ui/isolate.ts';
import type { SavedContext } from './contexts-store.ts';

interface RenameDialogProps {
  readonly context: SavedContext;
  readonly onClose: () => void;
}

const mostName = 200;

/** Another name for a way to a cluster, here only. */
export function RenameDialog({ context, onClose }: RenameDialogProps) {
  const { contexts } = useApp().cluster;
  const [name, setName] = useState(context.name);
  async function submit() {
    const outcome = await contexts.rename(context.id, name.trim());
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }
  return (
    <FormDialog
      title={`Rename ${isolated(context.name)}`}
      size="sm"
      submit="Rename"
      disabled={name.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="Here only: in its kubeconfig it keeps its own."
        data-autofocus
        maxLength={mostName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
