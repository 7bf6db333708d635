import {
  mostAttachedBytes,
  mostAttachments,
  mostTags,
  type Subject,
} from '../../../../shared/model/annotations.ts';
import { customFieldKind } from '../../../../shared/model/custom-field-kind.ts';
import type { CustomField } from '../../../../shared/model/custom-fields.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { freeFileName } from '../../../../shared/model/file-name.ts';
import { type FieldValue, type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Database } from '../../db/index.ts';
import { type FilePlace, fileProblem } from '../file-record.ts';
import { annotationKey, attachmentOf, noteOf } from './keys.ts';

/** Something noted that is to be otherwise; `after` null: that is to go. */
export interface NotedChange {
  readonly subject: Subject;
  readonly field: string;
  readonly before: FieldValue;
  readonly after: FieldValue;
  readonly place: FilePlace | null;
}

/** Writes what is noted, within a change set, once all things are there. Throws FILE_INVALID. */
export function writeNoted(db: Database, changes: readonly NotedChange[]): void {
  const write = createNotedWriter(db);
  // What goes makes room first: a tag for another, a name of an attachment.
  for (const change of changes) write.takeAway(change);
  for (const change of changes) if (change.after !== null) write.put(change);
  for (const change of changes) write.check(change);
  const last = changes.findLast(({ field }) => annotationKey(field)?.type === 'attachment');
  if (last !== undefined && db.tables.attachments.totalBytes() > mostAttachedBytes) {
    throw at(last.place, `all attachments together may be ${mostAttachedBytes / 1024 ** 2} MiB`);
  }
  db.tables.tags.removeUnused();
}

function createNotedWriter(db: Database) {
  const { tags, customFields, attachments, exchangeAnnotations } = db.tables;
  const definition = (id: string, place: FilePlace | null): CustomField => {
    const field = customFields.get(id);
    if (field !== undefined) return field;
    throw at(place, 'this custom field does not exist');
  };
  return {
    takeAway({ subject, field, before, after, place }: NotedChange) {
      const { type, id } = annotationKey(field) ?? { type: 'tag', id: '' };
      if (type === 'attachment' && before !== null) {
        exchangeAnnotations.removeAttachment(subject.id, id);
      }
      if (after !== null) return;
      if (type === 'tag') {
        const tag = tags.idByName(String(before));
        if (tag !== undefined) tags.remove(subject.id, tag);
      } else if (type === 'note') exchangeAnnotations.removeNote(subject.id, id);
      else if (type === 'custom') {
        const known = customFields.get(id);
        // Its values go along with a definition that goes.
        if (known?.required) throw at(place, `${known.name} is required`);
        if (known !== undefined) customFields.setValue(subject, known, null);
      }
    },
    put({ subject, field, before, after, place }: NotedChange) {
      const { type, id } = annotationKey(field) ?? { type: 'tag', id: '' };
      if (type === 'tag') tags.add(subject, tags.ensure(String(after)));
      else if (type === 'custom') customFields.setValue(subject, definition(id, place), after);
      else if (type === 'note') {
        const note = noteOf(id, after);
        const was = before === null ? note : noteOf(id, before);
        const isEdited = was.text !== note.text && was.editedAt === note.editedAt;
        exchangeAnnotations.putNote(subject, isEdited ? { ...note, editedAt: Date.now() } : note);
      } else {
        const attachment = attachmentOf(id, after);
        const name = freeFileName(attachment.name, (one) => attachments.isTaken(subject.id, one));
        exchangeAnnotations.putAttachment(subject, { ...attachment, name });
      }
    },
    check({ subject: { id }, field, after, place }: NotedChange) {
      if (after === null) return;
      const { type } = annotationKey(field) ?? {};
      if (type === 'tag' && (tags.of([id]).get(id)?.length ?? 0) > mostTags) {
        throw at(place, `a thing has ${mostTags} tags at most`);
      }
      if (type !== 'attachment') return;
      if (attachments.of(id).length > mostAttachments) {
        throw at(place, `a thing has ${mostAttachments} attachments at most`);
      }
    },
  };
}

/** Options that things have cannot go. Throws FILE_INVALID. */
export function checkOptions(db: Database, id: string, place: FilePlace | null): void {
  const { customFields } = db.tables;
  const field = customFields.get(id);
  if (field?.options == null) return;
  const others = customFields.countValues(id) - customFields.countValues(id, field.options);
  if (others === 0) return;
  throw at(place, `an option of ${field.name} that things have cannot be left out`);
}

function at(place: FilePlace | null, message: string): RackhelmError {
  return place === null
    ? new RackhelmError('FILE_INVALID', `${message.charAt(0).toUpperCase()}${message.slice(1)}.`)
    : fileProblem(place, message);
}

/** Of definitions nothing is noted. */
export function subjectOf(kindName: string, id: string): Subject | undefined {
  if (kindName === customFieldKind.name) return undefined;
  return { kind: kindOf(kindName).name as KindName, id }; // of the list
}
