import type { Attachment, Note } from '../../../../shared/model/annotations.ts';
import type { FieldValue } from '../../../../shared/model/kinds/index.ts';
import type { AnnotationRow } from '../../db/index.ts';

/** As the line `with:` of a file names them: what it says all of. */
export const annotationParts = ['tags', 'notes', 'custom-fields', 'attachments'] as const;
export type AnnotationPart = (typeof annotationParts)[number];

/**
 * What is noted of a thing stands among its values under keys that no field has: `tag:prod`,
 * `note:ID`, `custom:ID of the field`, `attachment:ID`. So each is compared and taken over by itself,
 * as fields are.
 */
export type AnnotationType = 'tag' | 'note' | 'custom' | 'attachment';

export const partOf: Readonly<Record<AnnotationType, AnnotationPart>> = {
  tag: 'tags',
  note: 'notes',
  custom: 'custom-fields',
  attachment: 'attachments',
};

export interface AnnotationKey {
  readonly type: AnnotationType;
  /** Of a tag its name in small letters. */
  readonly id: string;
}

/** Undefined for a field of the kind's own. */
export function annotationKey(field: string): AnnotationKey | undefined {
  const at = field.indexOf(':');
  if (at === -1) return undefined;
  return { type: field.slice(0, at) as AnnotationType, id: field.slice(at + 1) }; // fields have no colon
}

/** As the database compares names of tags: small letters of ASCII alone. */
export const tagKey = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());

export const noteValue = ({ text, at, editedAt }: Note) => JSON.stringify([text, at, editedAt]);

export function noteOf(id: string, value: FieldValue): Note {
  const [text, at, editedAt] = JSON.parse(String(value)) as [string, number, number | null]; // see noteValue
  return { id, text, at, editedAt };
}

export const attachmentValue = (one: Attachment) =>
  JSON.stringify([
    one.name,
    one.sha256,
    one.sizeBytes,
    one.mediaType,
    one.width,
    one.height,
    one.addedAt,
  ]);

type AttachmentParts = [string, string, number, string, number | null, number | null, number];

export function attachmentOf(id: string, value: FieldValue): Attachment {
  const parts = JSON.parse(String(value)) as AttachmentParts; // see attachmentValue
  const [name, sha256, sizeBytes, mediaType, width, height, addedAt] = parts;
  return { id, name, sha256, sizeBytes, mediaType, width, height, addedAt };
}

/** Key and value of a row as it is or was; its columns tell what it is. */
export function keyAndValue(
  row: AnnotationRow,
  tagNames: ReadonlyMap<string, string>,
): readonly [key: string, value: FieldValue] {
  const { id } = row;
  if ('tag_id' in row) {
    const name = tagNames.get(String(row.tag_id)) ?? '';
    return [`tag:${tagKey(name)}`, name];
  }
  if ('field_id' in row) {
    return [`custom:${row.field_id}`, String(row.reference_id ?? row.value)];
  }
  const number = (value: unknown) => (typeof value === 'number' ? value : null);
  if ('sha256' in row) {
    const attachment: Attachment = {
      id,
      name: String(row.name),
      sha256: String(row.sha256),
      sizeBytes: Number(row.size_bytes),
      mediaType: String(row.media_type),
      width: number(row.width),
      height: number(row.height),
      addedAt: Number(row.added_at),
    };
    return [`attachment:${id}`, attachmentValue(attachment)];
  }
  const note = { id, text: String(row.text), at: Number(row.at), editedAt: number(row.edited_at) };
  return [`note:${id}`, noteValue(note)];
}
