import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { mostReason } from '../../../shared/model/lint.ts';
import { useApp } from '../../app/app-context.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';

interface SilenceDialogProps {
  readonly keys: readonly string[];
  readonly onClose: () => void;
}

/** Asks why one lives with what was found: who comes later can understand it then. */
export function SilenceDialog({ keys, onClose }: SilenceDialogProps) {
  const { lint } = useApp();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';

  async function submit() {
    setTried(true);
    if (missing) return null;
    const outcome = await lint.silence(keys, reason.trim());
    if (!outcome.ok) return outcome.failure;
    lint.table.clearSelection();
    onClose();
    return null;
  }

  return (
    <FormDialog
      title={
        keys.length === 1
          ? 'Silence this finding'
          : `Silence ${formatCount(keys.length, 'finding')}`
      }
      size="sm"
      submit="Silence"
      onSubmit={submit}
      onClose={onClose}
    >
      <Textarea
        label="Why"
        description="It stays silent while the same things clash. “Silenced” shows it again."
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={mostReason}
        value={reason}
        error={tried && missing ? 'Say why, so that it can be understood later.' : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
