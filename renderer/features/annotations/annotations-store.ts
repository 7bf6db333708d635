import type { InferClientOutputs } from '@orpc/client';
import { formatCount } from '../../../shared/model/amounts.ts';
import {
  type Attachment,
  attachmentChunk,
  largestAttachment,
  type Subject,
} from '../../../shared/model/annotations.ts';
import type {
  CustomField,
  CustomFieldChange,
  NewCustomField,
} from '../../../shared/model/custom-fields.ts';
import type { FieldValue, KindName } from '../../../shared/model/kinds/index.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { isolated } from '../../ui/isolate.ts';

export type Annotated = InferClientOutputs<Client>['annotations']['of'];

export interface AnnotationsStore {
  of(subject: Subject): Resource<Annotated>;
  customFields(kind: KindName): Resource<CustomField[]>;
  /** A failure is told in a notice, since no form is open; so is a tag that was taken away. */
  tag(subject: Subject, change: { add: string[]; remove: string[] }): Promise<void>;
  setValue(subject: Subject, field: string, value: FieldValue): Promise<Outcome<unknown>>;
  createField(field: NewCustomField): Promise<Outcome<unknown>>;
  updateField(id: string, change: CustomFieldChange): Promise<Outcome<unknown>>;
  removeField(field: CustomField): Promise<void>;
  /** Attaches them one after the other; a failure is told in a notice, and ends it. */
  attach(subject: Subject, files: readonly File[]): Promise<void>;
  /** Its content; rejects with what went wrong. */
  content(attachment: Attachment, signal?: AbortSignal): Promise<Blob>;
  /** Hands it to the browser to be saved. */
  save(attachment: Attachment): Promise<void>;
  remove(attachment: Attachment): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createAnnotationsStore({ client, pool, notify }: Needs): AnnotationsStore {
  const things = pool.createKeyed((key, signal) => {
    const [kind, id = ''] = key.split(' ');
    return client.annotations.of({ kind: kind as KindName, id }, { signal }); // as `of` writes it
  });
  const fields = pool.createKeyed(
    (kind, signal) => client.annotations.customFields({ kind: kind as KindName }, { signal }), // as asked for
  );
  /** Without a notice of its own; one that still offers to undo the change before is outdated. */
  async function written<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.outdated();
    return outcome;
  }
  async function told(text: string, work: Promise<{ changeSetId: string }>): Promise<void> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.done(text, { undoes: outcome.value.changeSetId });
    else notify.failed(outcome.failure);
  }
  const content = contentReader(client);

  return {
    of: ({ kind, id }) => things(`${kind} ${id}`),
    customFields: fields,
    async tag({ kind, id }, change) {
      const outcome = await written(client.annotations.tag({ kind, ids: [id], ...change }));
      if (!outcome.ok) return notify.failed(outcome.failure);
      // One key takes a tag away: that must not pass unseen.
      const [first] = change.remove;
      if (first === undefined) return;
      notify.done(`Deleted tag ${isolated(first)}.`, { undoes: outcome.value.changeSetId });
    },
    setValue: ({ kind, id }, field, value) =>
      written(client.annotations.setCustomValues({ kind, ids: [id], values: [{ field, value }] })),
    createField: (field) => written(client.annotations.createCustomField(field)),
    updateField: (id, change) => written(client.annotations.updateCustomField({ id, ...change })),
    async removeField({ id, name }) {
      const use = await attempt(client.annotations.customFieldUse({ id }));
      if (!use.ok) return notify.failed(use.failure);
      const { things } = use.value;
      const values = things === 0 ? '' : ` with its ${formatCount(things, 'value')}`;
      const text = `Deleted the field ${isolated(name)}${values}.`;
      await told(text, client.annotations.removeCustomField({ id }));
    },
    async attach(subject, files) {
      const attached: string[] = [];
      let undoes: string | undefined;
      for (const file of files) {
        const outcome = await attempt(upload(client, subject, file));
        if (!outcome.ok) return notify.failed(outcome.failure);
        attached.push(isolated(outcome.value.attachment.name));
        undoes = outcome.value.changeSetId;
      }
      if (undoes !== undefined) {
        notify.done(`Attached ${attached.join(', ')}.`, files.length === 1 ? { undoes } : {});
      }
    },
    content,
    async save(attachment) {
      const outcome = await attempt(content(attachment));
      if (!outcome.ok) return notify.failed(outcome.failure);
      hand(outcome.value, attachment.name);
    },
    remove: ({ id, name }) =>
      told(`Deleted ${isolated(name)}.`, client.annotations.removeAttachment({ id })),
  };
}

/** Piece by piece, so that no message is large. */
async function upload(client: Client, subject: Subject, file: File) {
  const sizeBytes = Math.min(file.size, largestAttachment + 1);
  const { upload: id } = await client.annotations.beginAttachment({
    ...subject,
    name: file.name,
    sizeBytes,
  });
  try {
    for (let offset = 0; offset < file.size; offset += attachmentChunk) {
      const piece = await file.slice(offset, offset + attachmentChunk).arrayBuffer();
      const data = toBase64(new Uint8Array(piece));
      await client.annotations.appendAttachment({ upload: id, offset, data });
    }
    return await client.annotations.finishAttachment({ upload: id });
  } catch (error) {
    // What arrived takes a place among the uploads until it is given up; the cause is what counts.
    await attempt(client.annotations.cancelAttachment({ upload: id }));
    throw error;
  }
}

function contentReader(client: Client): AnnotationsStore['content'] {
  return async ({ id, mediaType }, signal) => {
    const pieces: Uint8Array<ArrayBuffer>[] = [];
    for (let offset = 0; ; ) {
      const options = signal === undefined ? {} : { signal };
      const { data } = await client.annotations.readAttachment({ id, offset }, options);
      const piece = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      if (piece.length === 0) return new Blob(pieces, { type: mediaType });
      pieces.push(piece);
      offset += piece.length;
    }
  };
}

/** As many letters at once as a call takes arguments. */
const atOnce = 0x2000;

function toBase64(bytes: Uint8Array): string {
  let letters = '';
  for (let from = 0; from < bytes.length; from += atOnce) {
    letters += String.fromCharCode(...bytes.subarray(from, from + atOnce));
  }
  return btoa(letters);
}

/** Always saved and never opened: as bytes that no program claims. */
function hand(content: Blob, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
