import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorText } from './error-state.tsx';
import { FormDialog } from './form-dialog.tsx';
import { isolated } from './isolate.ts';

interface RenameDialogProps {
  /** As it is called so far. */
  readonly name: string;
  /** What stays as it was. */
  readonly description: string;
  readonly most?: number;
  /** Gives what went wrong, else null. */
  readonly onRename: (name: string) => Promise<ErrorText | null>;
  readonly onClose: () => void;
}

/** Another name for something. */
export function RenameDialog({
  name: before,
  description,
  most = 200,
  ...props
}: RenameDialogProps) {
  const [name, setName] = useState(before);
  async function submit() {
    const failure = await props.onRename(name.trim());
    if (failure === null) props.onClose();
    return failure;
  }
  return (
    <FormDialog
      title={`Rename ${isolated(before)}`}
      size="sm"
      submit="Rename"
      disabled={name.trim() === ''}
      onSubmit={submit}
      onClose={props.onClose}
    >
      <TextInput
        label="Name"
        description={description}
        data-autofocus
        maxLength={most}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
