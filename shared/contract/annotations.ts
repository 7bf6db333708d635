import { z } from 'zod';
import {
  attachment,
  attachmentChunk,
  largestAttachment,
  note,
  subject,
  tagName,
} from '../model/annotations.ts';
import {
  customField,
  customFieldChange,
  customValue,
  newCustomField,
} from '../model/custom-fields.ts';
import { id } from '../model/inventory.ts';
import { kindNames } from '../model/kinds/index.ts';
import { procedure } from './base.ts';

const changed = z.object({ changeSetId: id });
const kind = z.enum(kindNames);
const ids = z.array(id).min(1).max(20_000);
const noteText = z.string().trim().min(1).max(20_000);
const upload = z.uuid();

/** A piece of a file: text of base64, whatever carries it. */
const piece = z.base64().max(Math.ceil(attachmentChunk / 3) * 4);

/** Tags, notes, values of custom fields and attachments of anything. */
export const annotations = {
  /** All of one thing but the notes, which have pages. */
  of: procedure.input(subject).output(
    z.object({
      tags: z.array(z.string()),
      notes: z.number().int(),
      /** Those of its kind, in their order. */
      fields: z.array(customField),
      /** `name`: of what a reference refers to. */
      values: z.array(z.object({ field: id, value: customValue, name: z.string().nullable() })),
      attachments: z.array(attachment),
    }),
  ),
  tag: procedure
    .input(
      z.object({
        kind,
        ids,
        add: z.array(tagName).max(100),
        remove: z.array(z.string().max(50)).max(100),
      }),
    )
    .output(changed),
  /** Newest first; `before`: the last one of the page before, though it is gone. */
  notes: procedure
    .input(
      subject.extend({
        before: note.pick({ id: true, at: true }).nullable().default(null),
        limit: z.number().int().min(1).max(200).default(30),
      }),
    )
    .output(z.object({ notes: z.array(note), total: z.number().int() })),
  addNote: procedure.input(subject.extend({ text: noteText })).output(changed),
  /** `expect`: the text that was edited; when it is another by now, CHANGED_SINCE brings that. */
  editNote: procedure
    .input(z.object({ id, text: noteText, expect: z.string().max(20_000).optional() }))
    .output(changed),
  /** `id` is the note's. */
  removeNote: procedure.input(z.object({ id })).output(changed),

  customFields: procedure
    .input(z.object({ kind: kind.nullable().default(null) }))
    .output(z.array(customField)),
  createCustomField: procedure.input(newCustomField).output(changed.extend({ id })),
  updateCustomField: procedure.input(customFieldChange.extend({ id })).output(changed),
  /** Goes with all its values; `customFieldUse` says how many those are. */
  removeCustomField: procedure.input(z.object({ id })).output(changed),
  customFieldUse: procedure.input(z.object({ id })).output(z.object({ things: z.number().int() })),
  setCustomValues: procedure
    .input(
      z.object({
        kind,
        ids,
        values: z
          .array(z.object({ field: id, value: customValue }))
          .min(1)
          .max(100),
      }),
    )
    .output(changed),

  /** Attaching goes in pieces: begin, append one after the other, finish. */
  beginAttachment: procedure
    .input(
      subject.extend({
        name: z.string().max(1_000),
        sizeBytes: z.number().int().nonnegative().max(largestAttachment),
      }),
    )
    .output(z.object({ upload })),
  appendAttachment: procedure
    .input(
      z.object({
        upload,
        offset: z.number().int().nonnegative().max(largestAttachment),
        data: piece,
      }),
    )
    .output(z.object({ received: z.number().int() })),
  finishAttachment: procedure.input(z.object({ upload })).output(changed.extend({ attachment })),
  cancelAttachment: procedure.input(z.object({ upload })).output(z.object({})),
  /** A piece of the content; empty at its end. */
  readAttachment: procedure
    .input(z.object({ id, offset: z.number().int().nonnegative().max(largestAttachment) }))
    .output(z.object({ data: z.string() })),
  removeAttachment: procedure.input(z.object({ id })).output(changed),
};
