import { z } from 'zod';
import { id, timestamp } from './inventory.ts';
import { type KindName, kindNames } from './kinds/index.ts';

/** What a person notes of any thing: tags, notes, values of custom fields, attachments. */
export const subject = z.object({ kind: z.enum(kindNames), id });
export interface Subject {
  readonly kind: KindName;
  readonly id: string;
}

export const mostTags = 100;
export const tagName = z.string().trim().min(1).max(50);

export const note = z.object({
  id,
  /** Markdown, as it was written. */
  text: z.string(),
  /** When it was written, and when it was last edited; null: never. */
  at: timestamp,
  editedAt: timestamp.nullable(),
});
export type Note = z.infer<typeof note>;

/** Bytes of one attachment. */
export const largestAttachment = 25 * 1024 * 1024;
/** Bytes of all, equal ones counted once. */
export const mostAttachedBytes = 2 * 1024 ** 3;
/** Attachments of one thing. */
export const mostAttachments = 200;
/** Bytes that go over at once. */
export const attachmentChunk = 192 * 1024;

export const attachment = z.object({
  id,
  name: z.string(),
  /** Told from the content, not from the name. */
  mediaType: z.string(),
  sizeBytes: z.number().int(),
  /** SHA-256 of the content, hexadecimal. */
  sha256: z.string(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  addedAt: timestamp,
});
export type Attachment = z.infer<typeof attachment>;

/** Pixels of a picture that a window draws; a small file may claim any number. */
const mostPixels = 50_000_000;
const shownTypes: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/webp']);

/** Whether it is shown as a picture; everything else is only saved. */
export function isPicture(attachment: Attachment): boolean {
  const { mediaType, width, height } = attachment;
  return (
    shownTypes.has(mediaType) && width !== null && height !== null && width * height <= mostPixels
  );
}
