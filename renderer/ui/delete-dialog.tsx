import { type ReactNode, useState } from 'react';
import { ConfirmDialog } from './dialog.tsx';
import { Callout, type ErrorText } from './error-state.tsx';
import { isolated } from './isolate.ts';

interface DeleteDialogProps {
  /** What is deleted, as the person calls it. */
  readonly name: string;
  /** What goes with it, and what stays. */
  readonly children: ReactNode;
  /** What hangs on it, as lists below the sentence. */
  readonly details?: ReactNode;
  /** Deletes it and closes what is to be closed; gives what went wrong, else null. */
  readonly onDelete: () => Promise<ErrorText | null>;
  readonly onClose: () => void;
}

/** Asks before something is deleted, and stays with the reason where that fails. */
export function DeleteDialog(props: DeleteDialogProps) {
  const { name, children, details, onDelete, onClose } = props;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);

  async function confirm(): Promise<void> {
    setBusy(true);
    const outcome = await onDelete();
    setBusy(false);
    setFailure(outcome);
  }

  return (
    <ConfirmDialog
      title={`Delete ${isolated(name)}?`}
      confirm="Delete"
      busy={busy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      <p>{children}</p>
      {details}
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </ConfirmDialog>
  );
}
