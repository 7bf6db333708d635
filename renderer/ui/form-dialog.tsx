import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Callout, type ErrorText } from './error-state.tsx';
import classes from './form-dialog.module.css';

interface FormDialogProps {
  readonly title: string;
  readonly size?: 'sm' | 'md' | 'lg';
  /** The verb on the button that sends it. */
  readonly submit: string;
  /** Nothing is there to be sent. */
  readonly disabled?: boolean;
  /** Sends it and closes what is to be closed; gives what went wrong, else null. */
  readonly onSubmit: () => Promise<ErrorText | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog: sent once at a time, and kept with everything in it when that fails. */
export function FormDialog(props: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const form = useId();

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || props.disabled) return;
    setBusy(true);
    const outcome = await props.onSubmit();
    setBusy(false);
    setFailure(outcome);
  }

  return (
    <Dialog
      title={props.title}
      {...(props.size === undefined ? {} : { size: props.size })}
      onClose={props.onClose}
      keepOpen
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button
            tone="primary"
            type="submit"
            form={form}
            busy={busy}
            disabled={props.disabled ?? false}
          >
            {props.submit}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={(event) => void send(event)} noValidate>
        {props.children}
      </form>
      {failure && (
        <div className={classes.failure}>
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        </div>
      )}
    </Dialog>
  );
}
