import { Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Note } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { onSendKey } from './new-note.tsx';
import classes from './notes.module.css';

interface NoteEditorProps {
  readonly note: Note;
  readonly onClose: () => void;
}

/** A note while it is edited. Where another wrote meanwhile, theirs is shown before mine takes its place. */
export function NoteEditor({ note, onClose }: NoteEditorProps) {
  const { notes: store } = useApp();
  const [text, setText] = useState(note.text);
  // As the person saw it last: at first when the editor opened.
  const [seen, setSeen] = useState(note.text);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function save(): Promise<void> {
    const next = text.trim();
    if (next === '' || busy) return;
    if (next === seen && seen === note.text) return onClose();
    setBusy(true);
    const outcome = await store.edit(note, next, seen);
    setBusy(false);
    if (outcome.ok) return onClose();
    setFailure(outcome.failure);
    const { text: theirs } = outcome.failure.data;
    if (outcome.failure.code === 'CHANGED_SINCE' && typeof theirs === 'string') setSeen(theirs);
  }

  return (
    <div className={classes.editor}>
      <Textarea
        aria-label="Text of the note"
        autosize
        autoFocus
        maxRows={16}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onClose();
          } else onSendKey(() => void save())(event);
        }}
      />
      {failure && (
        <Callout
          tone={failure.code === 'CHANGED_SINCE' ? 'warn' : 'danger'}
          title={failure.message}
        >
          <p>{failure.hint}</p>
          {failure.code === 'CHANGED_SINCE' && (
            <p dir="auto" className={classes.text}>
              {seen}
            </p>
          )}
        </Callout>
      )}
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          tone="primary"
          busy={busy}
          disabled={text.trim() === ''}
          onClick={() => void save()}
        >
          Save
        </Button>
      </div>
    </div>
  );
}
