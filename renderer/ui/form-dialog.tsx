import { type FormEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Callout, type ErrorText } from './error-state.tsx';
import classes from './form-dialog.module.css';

interface FormDialogProps {
  readonly title: string;
  readonly size?: 'sm' | 'md' | 'lg';
  /** The verb on the button that sends it. */
  readonly submit: string;
  /** What is tried, where there are several ways: what failed of another one is told no more. */
  readonly tries?: string;
  /** Nothing is there to be sent. */
  readonly disabled?: boolean;
  /** Sends it and closes what is to be closed; gives what went wrong, else null. */
  readonly onSubmit: () => Promise<ErrorText | null>;
  /** Sends it too, and stays open for the next one. */
  readonly again?: { readonly label: string; readonly onSubmit: () => Promise<ErrorText | null> };
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A form in a dialog: sent once at a time, and kept with everything in it when that fails. */
export function FormDialog(props: FormDialogProps) {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<{ text: ErrorText; of: string | undefined } | null>(null);
  const form = useId();
  const fields = useRef<HTMLFormElement>(null);
  const [sent, setSent] = useState(0);

  // What is wrong with a field stands there by now; else the next one begins where this one did,
  // since the button that was pressed lost the focus while it was sent.
  useEffect(() => {
    const form = fields.current;
    if (sent === 0 || form === null) return;
    const find = (which: string) => form.querySelector<HTMLElement>(which);
    const wrong = find('[aria-invalid="true"]');
    if (wrong !== null) wrong.focus();
    else if (!form.contains(document.activeElement))
      (find('[data-autofocus]') ?? find('input'))?.focus();
  }, [sent]);

  async function send(submit: () => Promise<ErrorText | null>): Promise<void> {
    if (busy || props.disabled) return;
    setBusy(true);
    const outcome = await submit();
    setBusy(false);
    setFailed(outcome && { text: outcome, of: props.tries });
    setSent((count) => count + 1);
  }

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    // A form within a form, of what is added meanwhile, is sent alone.
    event.stopPropagation();
    void send(props.onSubmit);
  }

  const { again, tries } = props;
  const failure = failed?.of === tries ? failed?.text : null;
  return (
    <Dialog
      title={props.title}
      {...(props.size === undefined ? {} : { size: props.size })}
      onClose={props.onClose}
      keepOpen
      footer={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          {again && (
            <Button onClick={() => void send(again.onSubmit)} disabled={busy}>
              {again.label}
            </Button>
          )}
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
      <form ref={fields} id={form} onSubmit={onSubmit} noValidate>
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
