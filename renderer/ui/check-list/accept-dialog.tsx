import { Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ErrorText } from '../error-state.tsx';
import { FormDialog } from '../form-dialog.tsx';
import classes from './check-list.module.css';
import { acceptedUntil, type HowLong, howLong, parseHowLong } from './how-long.ts';

export interface AcceptanceDraft {
  readonly reason: string;
  /** UTC milliseconds; null: until it is taken back. */
  readonly until: number | null;
}

interface AcceptDialogProps {
  readonly title: string;
  readonly onAccept: (draft: AcceptanceDraft) => Promise<ErrorText | null>;
  readonly onClose: () => void;
}

const mostReason = 1_000;

/** Asks why one lives with a bad result, and for how long. */
export function AcceptDialog({ title, onAccept, onClose }: AcceptDialogProps) {
  const [reason, setReason] = useState('');
  const [length, setLength] = useState<HowLong>('month');
  const [date, setDate] = useState('');
  const [tried, setTried] = useState(false);
  const missing = reason.trim() === '';
  const until = acceptedUntil(length, date, Date.now());

  async function submit() {
    setTried(true);
    if (missing || until === 'wrong') return null;
    const failure = await onAccept({ reason: reason.trim(), until });
    if (failure === null) onClose();
    return failure;
  }

  return (
    <FormDialog
      title="Accept this result"
      size="sm"
      submit="Accept"
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.dialogText}>
        <bdi>{title}</bdi>
      </p>
      <Textarea
        label="Why"
        description="Who comes later can understand it then. The check still runs and shows what it finds."
        data-autofocus
        autosize
        minRows={2}
        maxRows={8}
        maxLength={mostReason}
        value={reason}
        error={tried && missing ? 'Say why, so that it can be understood later.' : null}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className={classes.dialogFields}>
        <Select
          label="For how long"
          data={howLong}
          allowDeselect={false}
          value={length}
          onChange={(value) => setLength(parseHowLong(value))}
        />
        {length === 'date' && (
          <TextInput
            type="date"
            label="Until"
            value={date}
            error={tried && until === 'wrong' ? 'A day that is still to come.' : null}
            onChange={(event) => setDate(event.currentTarget.value)}
          />
        )}
      </div>
    </FormDialog>
  );
}
