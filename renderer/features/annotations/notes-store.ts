import type { InferClientOutputs } from '@orpc/client';
import type { Note, Subject } from '../../../shared/model/annotations.ts';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

export type NotePage = InferClientOutputs<Client>['annotations']['notes'];
/** Where a page begins: after this note, or with the newest. */
export type PageStart = Pick<Note, 'id' | 'at'> | null;

/** As many as fit on a screen or two. */
export const notesPerPage = 20;

export interface NotesStore {
  page(subject: Subject, start: PageStart): Resource<NotePage>;
  add(subject: Subject, text: string): Promise<Outcome<unknown>>;
  /** `expect`: its text as the person saw it. */
  edit(note: Pick<Note, 'id'>, text: string, expect: string): Promise<Outcome<unknown>>;
  /** It goes at once; the notice brings it back. */
  remove(id: string): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createNotesStore({ client, pool, notify }: Needs): NotesStore {
  const pages = pool.createKeyed((key, signal) => {
    const [kind, id = '', at, before] = key.split(' ');
    const start = before === undefined ? null : { id: before, at: Number(at) };
    const subject = { kind: kind as KindName, id }; // as `page` writes it
    return client.annotations.notes({ ...subject, before: start, limit: notesPerPage }, { signal });
  });

  /** Without a notice of its own; one that still offers to undo the change before is outdated. */
  async function written<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.outdated();
    return outcome;
  }

  return {
    page: ({ kind, id }, start) =>
      pages(start === null ? `${kind} ${id}` : `${kind} ${id} ${start.at} ${start.id}`),
    add: (subject, text) => written(client.annotations.addNote({ ...subject, text })),
    async edit({ id }, text, expect) {
      const outcome = await attempt(client.annotations.editNote({ id, text, expect }));
      if (outcome.ok) notify.done('Edited the note.', { undoes: outcome.value.changeSetId });
      return outcome;
    },
    async remove(id) {
      const outcome = await attempt(client.annotations.removeNote({ id }));
      if (!outcome.ok) return notify.failed(outcome.failure);
      notify.done('Deleted the note.', { undoes: outcome.value.changeSetId });
    },
  };
}
