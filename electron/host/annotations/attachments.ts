import { randomUUID } from 'node:crypto';
import {
  type Attachment,
  largestAttachment,
  mostAttachedBytes,
  mostAttachments,
  type Subject,
} from '../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { freeFileName, safeFileName } from '../../../shared/model/file-name.ts';
import type { Database, IncomingBlob } from '../db/index.ts';
import { contentType, lookedAt } from './media-type.ts';
import { type Changed, type Source, subjectName } from './subjects.ts';

/** Files that a person attached to anything; shapes as shared/contract/annotations.ts has them. */
export interface Attachments {
  list(subjectId: string): Attachment[];
  /** Throws INVALID_INPUT where it would be too large, or too many. */
  begin(input: Subject & { readonly name: string; readonly sizeBytes: number }): { upload: string };
  /** The next piece; `offset` is where it begins. */
  append(input: { readonly upload: string; readonly offset: number; readonly bytes: Uint8Array }): {
    received: number;
  };
  /** Once all of it is there. May be called again where writing the row has to wait. */
  finish(
    input: { readonly upload: string },
    source?: Source,
  ): Promise<Changed & { attachment: Attachment }>;
  cancel(input: { readonly upload: string }): void;
  get(id: string): Attachment & { readonly subject: Subject };
  /** A piece of the content; empty at its end. Throws NOT_FOUND where the file is gone. */
  read(input: { readonly id: string; readonly offset: number; readonly length: number }): Buffer;
  remove(input: { readonly id: string }, source?: Source): Changed;
  /**
   * Takes away contents that nothing refers to any more, now or in the history, and what a crash
   * left of uploads; returns how many. Such as are younger than a day stay.
   */
  tidy(): number;
  /** Ends uploads that somebody began and did not end. */
  close(): void;
}

interface Upload {
  readonly subject: Subject;
  readonly name: string;
  readonly sizeBytes: number;
  readonly blob: IncomingBlob;
  readonly head: Buffer[];
  stored: Promise<{ readonly sha256: string }> | null;
  idle: NodeJS.Timeout;
}

/** Under way at once, of all windows together. */
const mostUploads = 20;
const idleMs = 120_000;

export function createAttachments(db: Database): Attachments {
  const { attachments } = db.tables;
  const uploads = new Map<string, Upload>();

  const end = (id: string) => {
    const upload = uploads.get(id);
    if (upload === undefined) return;
    clearTimeout(upload.idle);
    uploads.delete(id);
    if (upload.stored === null) upload.blob.abort();
  };
  const forgetLater = (id: string) => setTimeout(() => end(id), idleMs).unref();
  const uploadOrThrow = (id: string): Upload => {
    const upload = uploads.get(id);
    if (upload === undefined) throw missing('This upload was ended; attach the file again.', id);
    clearTimeout(upload.idle);
    upload.idle = forgetLater(id);
    return upload;
  };
  const get = (id: string) => {
    const found = attachments.get(id);
    if (found === undefined) throw missing('This attachment does not exist.', id);
    return found;
  };
  const change = (title: string, source: Source, work: () => void): Changed => {
    const { changeSetId } = db.change({ title, source }, work);
    return { changeSetId };
  };

  return {
    list: attachments.of,
    get,
    begin({ kind, id, name, sizeBytes }) {
      const subject = { kind, id };
      subjectName(db, subject);
      checkRoom(db, subject, sizeBytes);
      if (uploads.size >= mostUploads) {
        throw new RackhelmError('INVALID_INPUT', 'Too many files are being attached just now.', {
          hint: 'Wait until the others have ended.',
        });
      }
      const upload = randomUUID();
      uploads.set(upload, {
        subject,
        name: safeFileName(name),
        sizeBytes,
        blob: db.blobs.begin(),
        head: [],
        stored: null,
        idle: forgetLater(upload),
      });
      return { upload };
    },
    append({ upload: id, offset, bytes }) {
      const { blob, head, sizeBytes, stored } = uploadOrThrow(id);
      if (stored !== null || offset !== blob.size || offset + bytes.length > sizeBytes) {
        end(id);
        throw new RackhelmError('INVALID_INPUT', 'The pieces of this file do not fit together.', {
          hint: 'It may have changed meanwhile; attach it again.',
        });
      }
      if (blob.size < lookedAt) head.push(Buffer.from(bytes));
      blob.append(bytes);
      return { received: blob.size };
    },
    async finish({ upload: id }, source = 'app') {
      const upload = uploadOrThrow(id);
      const { blob, sizeBytes, subject, head } = upload;
      if (blob.size !== sizeBytes) {
        end(id);
        throw new RackhelmError('INVALID_INPUT', 'This file did not arrive whole.', {
          hint: 'It may have changed meanwhile; attach it again.',
        });
      }
      upload.stored ??= blob.finish();
      const { sha256 } = await upload.stored;
      const type = contentType(Buffer.concat(head));
      const content = { ...type, sizeBytes, sha256, addedAt: Date.now() };
      const title = `Attached ${upload.name} to ${subjectName(db, subject)}`;
      let attachmentId = '';
      const changed = change(title, source, () => {
        checkRoom(db, subject, 0);
        const name = freeFileName(upload.name, (each) => attachments.isTaken(subject.id, each));
        attachmentId = attachments.insert(subject, { name, ...content });
      });
      end(id);
      const { subject: _subject, ...attachment } = get(attachmentId);
      return { ...changed, attachment };
    },
    cancel: ({ upload }) => end(upload),
    read({ id, offset, length }) {
      const { sha256, name } = get(id);
      const bytes = db.blobs.read(sha256, offset, length);
      if (bytes !== undefined) return bytes;
      throw new RackhelmError(
        'NOT_FOUND',
        `The content of ${name} is no longer in the data directory.`,
        {
          hint: 'Bring the folder “attachments” back from a backup of the data directory.',
          data: { id, sha256 },
        },
      );
    },
    remove({ id }, source = 'app') {
      const { name, subject } = get(id);
      const title = `Deleted the attachment ${name} of ${subjectName(db, subject)}`;
      return change(title, source, () => attachments.remove(id));
    },
    tidy: () => db.blobs.clean(attachments.referred()),
    close() {
      for (const id of [...uploads.keys()]) end(id);
    },
  };
}

const missing = (message: string, id: string) =>
  new RackhelmError('NOT_FOUND', message, { data: { id } });

function checkRoom(db: Database, subject: Subject, sizeBytes: number): void {
  const { attachments } = db.tables;
  const mebibytes = (bytes: number) => Math.round(bytes / 1024 ** 2).toLocaleString('en');
  if (sizeBytes > largestAttachment) {
    throw new RackhelmError(
      'INVALID_INPUT',
      `A file of ${mebibytes(sizeBytes)} MiB is too large: ${mebibytes(largestAttachment)} MiB is the most.`,
      { hint: 'Keep it elsewhere and note its address.' },
    );
  }
  if (attachments.of(subject.id).length >= mostAttachments) {
    throw new RackhelmError(
      'INVALID_INPUT',
      `A thing has ${mostAttachments} attachments at most.`,
      {
        hint: 'Delete those that are not needed.',
      },
    );
  }
  if (attachments.totalBytes() + sizeBytes > mostAttachedBytes) {
    throw new RackhelmError(
      'INVALID_INPUT',
      `All attachments together may be ${mebibytes(mostAttachedBytes)} MiB.`,
      { hint: 'Delete those that are not needed.' },
    );
  }
}
