import type Sqlite from 'better-sqlite3';
import type { Attachment, Note, Subject } from '../../../../shared/model/annotations.ts';

/** A row of one of the tables of what is noted, its columns as the history keeps them. */
export interface AnnotationRow extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly subject_id: string;
}

/** What is noted of all things at once, and its writing under ids that a file brings. */
export interface ExchangeAnnotationRepository {
  all(): AnnotationRow[];
  /** Names of tags by their ids. */
  tagNames(): ReadonlyMap<string, string>;
  putNote(subject: Subject, note: Note): void;
  removeNote(subjectId: string, id: string): void;
  putAttachment(subject: Subject, attachment: Attachment): void;
  removeAttachment(subjectId: string, id: string): void;
}

const tables = ['tagging', 'note', 'custom_value', 'attachment'] as const;

export function createExchangeAnnotations(sqlite: Sqlite.Database): ExchangeAnnotationRepository {
  const names = sqlite.prepare<[], [string, string]>('SELECT id, name FROM tag').raw();
  const putNote = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO note (id, subject_kind, subject_id, text, at, edited_at)
     VALUES (@id, @kind, @subjectId, @text, @at, @editedAt)
     ON CONFLICT (id) DO UPDATE SET subject_kind = @kind, subject_id = @subjectId, text = @text,
       at = @at, edited_at = @editedAt`,
  );
  const putAttachment = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO attachment (id, subject_kind, subject_id, name, media_type, size_bytes, sha256,
       width, height, added_at)
     VALUES (@id, @kind, @subjectId, @name, @mediaType, @sizeBytes, @sha256, @width, @height, @addedAt)
     ON CONFLICT (id) DO UPDATE SET subject_kind = @kind, subject_id = @subjectId, name = @name,
       media_type = @mediaType, size_bytes = @sizeBytes, sha256 = @sha256, width = @width,
       height = @height, added_at = @addedAt`,
  );
  // Of that thing alone: another may have taken it over within the same file.
  const remove = (table: string) =>
    sqlite.prepare<[string, string]>(`DELETE FROM ${table} WHERE id = ? AND subject_id = ?`);
  const removeNote = remove('note');
  const removeAttachment = remove('attachment');
  return {
    all: () =>
      tables.flatMap((table) =>
        sqlite.prepare<[], AnnotationRow>(`SELECT * FROM ${table} ORDER BY id`).all(),
      ),
    tagNames: () => new Map(names.all()),
    putNote: ({ kind, id: subjectId }, note) => void putNote.run({ ...note, kind, subjectId }),
    removeNote: (subjectId, id) => void removeNote.run(id, subjectId),
    putAttachment: ({ kind, id: subjectId }, attachment) =>
      void putAttachment.run({ ...attachment, kind, subjectId }),
    removeAttachment: (subjectId, id) => void removeAttachment.run(id, subjectId),
  };
}
