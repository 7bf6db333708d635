import { IconPencil, IconTrash } from '@tabler/icons-react';
import { memo, useRef, useState } from 'react';
import type { Note } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import { formatDateTime } from '../../ui/formatting.ts';
import { Markdown } from './markdown.tsx';
import { NoteEditor } from './note-editor.tsx';
import classes from './notes.module.css';

interface NoteItemProps {
  readonly note: Note;
  readonly onDeleted: () => void;
}

/** One note, with what can be done with it. */
export const NoteItem = memo(
  function NoteItem({ note, onDeleted }: NoteItemProps) {
    const { notes: store } = useApp();
    const [editing, setEditing] = useState(false);
    const pencil = useRef<HTMLButtonElement>(null);
    const when = formatDateTime(note.at);

    function close(): void {
      setEditing(false);
      requestAnimationFrame(() => pencil.current?.focus({ preventScroll: true }));
    }

    return (
      <article className={classes.note} aria-label={`Note of ${when}`}>
        <div className={classes.head}>
          <span className={classes.when}>
            <time>{when}</time>
            {note.editedAt !== null && `, edited ${formatDateTime(note.editedAt)}`}
          </span>
          {!editing && (
            <>
              <button
                ref={pencil}
                type="button"
                className={classes.tool}
                aria-label={`Edit the note of ${when}`}
                onClick={() => setEditing(true)}
              >
                <IconPencil aria-hidden />
              </button>
              <button
                type="button"
                className={classes.tool}
                aria-label={`Delete the note of ${when}`}
                onClick={() => {
                  onDeleted();
                  void store.remove(note.id);
                }}
              >
                <IconTrash aria-hidden />
              </button>
            </>
          )}
        </div>
        {editing ? <NoteEditor note={note} onClose={close} /> : <Markdown text={note.text} />}
      </article>
    );
  },
  // Each reading brings new objects of the same notes.
  (before, after) =>
    before.onDeleted === after.onDeleted &&
    before.note.id === after.note.id &&
    before.note.text === after.note.text &&
    before.note.editedAt === after.note.editedAt,
);
