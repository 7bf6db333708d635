import { memo, useCallback, useRef, useState } from 'react';
import type { Subject } from '../../../shared/model/annotations.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { NewNote } from './new-note.tsx';
import { NoteItem } from './note-item.tsx';
import classes from './notes.module.css';
import { type NotePage, notesPerPage, type PageStart } from './notes-store.ts';

/** What the person wrote down of a thing: a box for more, and below it the newest first. */
export function Notes({ subject }: { readonly subject: Subject }) {
  const { kind, id } = subject;
  const box = useRef<HTMLTextAreaElement>(null);
  // The button that deletes goes with its note; the keyboard goes on in the box.
  const focusBox = useCallback(() => box.current?.focus({ preventScroll: true }), []);
  return (
    <>
      <NewNote subject={subject} box={box} />
      <Page kind={kind} id={id} start={null} onDeleted={focusBox} />
    </>
  );
}

interface PageProps {
  readonly kind: Subject['kind'];
  readonly id: string;
  readonly start: PageStart;
  /** Of this page and those after it; null: not known yet. */
  readonly left?: number;
  readonly onDeleted: () => void;
}

/** One page, and below it, when asked for, the next: each is read again by itself. */
const Page = memo(function Page({ kind, id, start, left, onDeleted }: PageProps) {
  const { notes: store } = useApp();
  const resource = store.page({ kind, id }, start);
  const state = useResource(resource);
  const [more, setMore] = useState(false);
  const kept = useRef<NotePage | null>(null);
  if (state.status === 'ready') kept.current = state.data;
  // A note that was added moves where the later pages begin; until they are read, they stay.
  const page = state.status === 'ready' ? state.data : kept.current;
  if (state.status === 'failed' && page === null) {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  if (page === null) return <Skeleton label="Reading the notes" lines={3} />;
  const last = page.notes.at(-1);
  const older = (left ?? page.total) - page.notes.length;
  return (
    <>
      {page.notes.map((note) => (
        <NoteItem key={note.id} note={note} onDeleted={onDeleted} />
      ))}
      {last && older > 0 && more && (
        <Page kind={kind} id={id} start={last} left={older} onDeleted={onDeleted} />
      )}
      {last && older > 0 && !more && (
        <div className={classes.more}>
          <Button onClick={() => setMore(true)}>
            {`Show ${formatCount(Math.min(older, notesPerPage), 'older note')}`}
          </Button>
          <span className={classes.when}>{older.toLocaleString('en')} more</span>
        </div>
      )}
    </>
  );
});
