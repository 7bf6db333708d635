import type { Note, Subject } from '../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';
import { type Changed, type Source, subjectName } from './subjects.ts';

/** What people wrote down of anything; inputs and outputs as shared/contract/annotations.ts has them. */
export interface Notes {
  /** Newest first, those before this one; `total` counts all of the thing. */
  list(input: Subject & { readonly before: NotePlace | null; readonly limit: number }): {
    notes: Note[];
    total: number;
  };
  add(input: Subject & { readonly text: string }, source?: Source): Changed;
  /** Throws CHANGED_SINCE, with the text as it is, when it is not `expect` any more. */
  edit(
    input: { readonly id: string; readonly text: string; readonly expect?: string | undefined },
    source?: Source,
  ): Changed;
  remove(input: { readonly id: string }, source?: Source): Changed;
}

/** A note's place among those of its thing; it holds though the note is deleted. */
export type NotePlace = Pick<Note, 'id' | 'at'>;

export function createNotes(db: Database, now: () => number = Date.now): Notes {
  const { notes } = db.tables;

  function noteOrThrow(id: string) {
    const note = notes.get(id);
    if (note !== undefined) return note;
    throw new RackhelmError('NOT_FOUND', 'This note does not exist.', { data: { id } });
  }

  return {
    list({ kind, id, before, limit }) {
      subjectName(db, { kind, id });
      return { notes: notes.page(id, before, limit), total: notes.count(id) };
    },
    add({ kind, id, text }, source = 'app') {
      const subject = { kind, id };
      const title = `Added a note to ${subjectName(db, subject)}`;
      const { changeSetId } = db.change({ title, source }, () => notes.add(subject, text, now()));
      return { changeSetId };
    },
    edit({ id, text, expect }, source = 'app') {
      const title = `Edited a note of ${subjectName(db, noteOrThrow(id).subject)}`;
      const { changeSetId } = db.change({ title, source }, () => {
        const note = noteOrThrow(id);
        if (expect !== undefined && expect !== note.text) throw editedSince(note.text);
        if (text !== note.text) notes.edit(id, text, now());
      });
      return { changeSetId };
    },
    remove({ id }, source = 'app') {
      const title = `Deleted a note of ${subjectName(db, noteOrThrow(id).subject)}`;
      const { changeSetId } = db.change({ title, source }, () => notes.remove(id));
      return { changeSetId };
    },
  };
}

function editedSince(text: string): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'This note was edited elsewhere meanwhile. Nothing was changed.',
    { hint: 'Its text is shown below. Save again to put yours in its place.', data: { text } },
  );
}
