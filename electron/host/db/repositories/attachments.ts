import type Sqlite from 'better-sqlite3';
import type { Attachment, Subject } from '../../../../shared/model/annotations.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { newId } from '../ids.ts';

export interface AttachmentRepository {
  /** Of one thing, in the order that they were added in. */
  of(subjectId: string): Attachment[];
  get(id: string): (Attachment & { readonly subject: Subject }) | undefined;
  /** Whether that thing has one of this name, in any case. */
  isTaken(subjectId: string, name: string): boolean;
  insert(subject: Subject, attachment: Omit<Attachment, 'id'>): string;
  remove(id: string): void;
  /** Bytes of all contents that are attached now, equal ones counted once. */
  totalBytes(): number;
  /** Hashes of contents that an attachment of now or of the history refers to. */
  referred(): ReadonlySet<string>;
}

const columns = `id, name, media_type AS mediaType, size_bytes AS sizeBytes, sha256, width, height,
  added_at AS addedAt`;

export function createAttachmentRepository(sqlite: Sqlite.Database): AttachmentRepository {
  const of = sqlite.prepare<[string], Attachment>(
    `SELECT ${columns} FROM attachment WHERE subject_id = ? ORDER BY added_at, id`,
  );
  const get = sqlite.prepare<[string], Attachment & { kind: KindName; subjectId: string }>(
    `SELECT ${columns}, subject_kind AS kind, subject_id AS subjectId FROM attachment WHERE id = ?`,
  );
  const taken = sqlite.prepare<[string, string]>(
    'SELECT 1 FROM attachment WHERE subject_id = ? AND name = ?',
  );
  const insert = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO attachment (id, subject_kind, subject_id, name, media_type, size_bytes, sha256,
       width, height, added_at)
     VALUES (@id, @kind, @subjectId, @name, @mediaType, @sizeBytes, @sha256, @width, @height, @addedAt)`,
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM attachment WHERE id = ?');
  const total = sqlite
    .prepare<[], number>(
      `SELECT coalesce(sum(size), 0)
       FROM (SELECT max(size_bytes) AS size FROM attachment GROUP BY sha256)`,
    )
    .pluck();
  const now = sqlite.prepare<[], string>('SELECT DISTINCT sha256 FROM attachment').pluck();
  // Images of deleted rows, whatever columns they had; a hash looks like nothing else in them.
  const past = sqlite
    .prepare<[], string>(
      `SELECT concat(c.before, c.after) FROM change c JOIN change_layout l ON l.id = c.layout
       WHERE l.table_name = 'attachment' AND concat(c.before, c.after) <> ''`,
    )
    .pluck();
  return {
    of: (subjectId) => of.all(subjectId),
    get(attachmentId) {
      const row = get.get(attachmentId);
      if (row === undefined) return undefined;
      const { kind, subjectId, ...attachment } = row;
      return { ...attachment, subject: { kind, id: subjectId } };
    },
    isTaken: (subjectId, name) => taken.get(subjectId, name) !== undefined,
    insert({ kind, id: subjectId }, attachment) {
      const id = newId();
      insert.run({ ...attachment, id, kind, subjectId });
      return id;
    },
    remove: (id) => void remove.run(id),
    totalBytes: () => total.get() ?? 0,
    referred: () =>
      new Set([...now.all(), ...past.all().flatMap((image) => image.match(/[0-9a-f]{64}/g) ?? [])]),
  };
}
