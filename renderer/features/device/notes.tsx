import { Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatDateTime } from '../../ui/formatting.ts';
import classes from './device.module.css';
import type { DeviceDetails } from './device-store.ts';

/** What the person wrote down of a device, oldest first, and a field for more. */
export function Notes({ details }: { readonly details: DeviceDetails }) {
  const { device: store } = useApp();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const form = useRef<HTMLFormElement>(null);

  // It stands at the end of a long page, and what went wrong moves it out of view.
  useEffect(() => {
    if (failure !== null) form.current?.scrollIntoView({ block: 'nearest' });
  }, [failure]);

  async function add(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const outcome = await store.addNote(details.device.id, text.trim());
    setBusy(false);
    // What was typed on meanwhile is another note.
    if (outcome.ok) setText((now) => (now === text ? '' : now));
    setFailure(outcome.ok ? null : outcome.failure);
  }

  function remove(id: string): void {
    // The button goes with its note.
    field.current?.focus({ preventScroll: true });
    void store.removeNote(id);
  }

  return (
    <>
      {details.notes.map((note) => (
        <div key={note.id} className={classes.note}>
          <div className={classes.noteHead}>
            <time className={classes.noteWhen}>{formatDateTime(note.at)}</time>
            <button
              type="button"
              className={classes.noteDelete}
              aria-label={`Delete the note of ${formatDateTime(note.at)}`}
              onClick={() => remove(note.id)}
            >
              <IconTrash aria-hidden />
            </button>
          </div>
          <p dir="auto">{note.text}</p>
        </div>
      ))}
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      <form ref={form} className={classes.noteForm} onSubmit={(event) => void add(event)}>
        <Textarea
          ref={field}
          aria-label="New note"
          placeholder="Write a note"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" disabled={text.trim() === ''} busy={busy}>
          Add note
        </Button>
      </form>
    </>
  );
}
