import { Textarea } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import type { Subject } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import classes from './notes.module.css';

interface NewNoteProps {
  readonly subject: Subject;
  readonly box: RefObject<HTMLTextAreaElement | null>;
}

/** The box for another note. What is typed concerns nothing but the box, however many notes there are. */
export function NewNote({ subject, box }: NewNoteProps) {
  const { notes: store } = useApp();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function add(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (text.trim() === '' || busy) return;
    setBusy(true);
    const outcome = await store.add(subject, text.trim());
    setBusy(false);
    // What was typed on meanwhile is another note.
    if (outcome.ok) setText((now) => (now === text ? '' : now));
    setFailure(outcome.ok ? null : outcome.failure);
  }

  return (
    <>
      <form className={classes.form} onSubmit={(event) => void add(event)}>
        <Textarea
          ref={box}
          aria-label="New note"
          placeholder="Write a note, in Markdown if you like"
          autosize
          minRows={1}
          maxRows={8}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onSendKey(() => void add())}
        />
        <Button type="submit" disabled={text.trim() === ''} busy={busy}>
          Add note
        </Button>
      </form>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
    </>
  );
}

/** Control or Command with Enter, since Enter alone makes a new line. */
export function onSendKey(send: () => void) {
  return (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    send();
  };
}
