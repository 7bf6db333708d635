import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import {
  type Attachment,
  attachmentChunk,
  type Subject,
} from '../../../../shared/model/annotations.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { type Annotations, createAnnotations } from '../../annotations/index.ts';
import { createRecords } from '../../records/index.ts';
import { openInventory } from '../open-inventory.ts';
import { print, printJson } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { type NamedThing, type OutputOptions, timeText, withThing } from './annotation-commands.ts';
import { find, kindNamed } from './record-input.ts';

/** `rackhelm attach FILE… --to KIND NAME`. */
export async function attachFiles(
  files: readonly string[],
  options: OutputOptions & { readonly to: readonly string[] },
): Promise<void> {
  const [kindWord = '', ...words] = options.to;
  const kind = kindNamed(kindWord).name as KindName; // of the list
  const database = openInventory(options.data);
  try {
    const annotations = createAnnotations(database);
    const { id, name } = find(createRecords(database), kind, words.join(' '));
    for (const file of files) {
      const attached = await attachFile(annotations, { kind, id }, file);
      if (options.json) printJson(attached);
      else print(`Attached ${attached.name} to ${name}\n`);
    }
  } finally {
    database.close();
  }
}

async function attachFile(
  { attachments }: Annotations,
  subject: Subject,
  file: string,
): Promise<Attachment> {
  const descriptor = openFile(file);
  try {
    const { size } = fstatSync(descriptor);
    const { upload } = attachments.begin({
      ...subject,
      name: path.basename(file),
      sizeBytes: size,
    });
    const piece = Buffer.alloc(attachmentChunk);
    for (let offset = 0; offset < size; ) {
      const length = readSync(descriptor, piece, 0, piece.length, offset);
      if (length === 0) break; // it became shorter, of which `finish` tells
      offset = attachments.append({ upload, offset, bytes: piece.subarray(0, length) }).received;
    }
    return (await attachments.finish({ upload }, 'cli')).attachment;
  } finally {
    closeSync(descriptor);
    attachments.close();
  }
}

/** Only a regular file: a pipe or a device may never end. */
function openFile(file: string): number {
  try {
    const descriptor = openSync(file, 'r');
    if (fstatSync(descriptor).isFile()) return descriptor;
    closeSync(descriptor);
  } catch (error) {
    throw new RackhelmError('INVALID_INPUT', `${file} cannot be read.`, {
      hint: 'Check the path and its permissions.',
      cause: error,
    });
  }
  throw new RackhelmError('INVALID_INPUT', `${file} is no file.`, {
    hint: 'Only files can be attached; pack a folder first.',
  });
}

interface AttachmentOptions extends OutputOptions {
  readonly save?: string;
  readonly delete?: string;
}

/** `rackhelm attachments KIND NAME`. */
export function listAttachments(thing: NamedThing, options: AttachmentOptions): void {
  withThing(thing, options, (annotations, { id }) => {
    const { attachments } = annotations;
    if (options.delete !== undefined) {
      const wanted = options.delete.toLowerCase();
      const found = attachments.list(id).find(({ name }) => name.toLowerCase() === wanted);
      if (found === undefined) {
        throw new RackhelmError('NOT_FOUND', `There is no attachment called ${options.delete}.`);
      }
      attachments.remove({ id: found.id }, 'cli');
    }
    const list = attachments.list(id);
    if (options.save !== undefined) for (const each of list) save(annotations, each, options.save);
    if (options.json) return printJson(list);
    if (list.length === 0) return print('No attachments.\n');
    print(
      formatTable([
        ['NAME', 'TYPE', 'BYTES', 'ADDED (UTC)'],
        ...list.map(({ name, mediaType, sizeBytes, addedAt }) => [
          name,
          mediaType,
          sizeBytes.toLocaleString('en'),
          timeText(addedAt),
        ]),
      ]),
    );
  });
}

/** The name was made safe when it was attached; a file that is there is never written over. */
function save({ attachments }: Annotations, { id, name }: Attachment, directory: string): void {
  const file = path.join(directory, name);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o644);
  } catch (error) {
    throw new RackhelmError('INVALID_INPUT', `${file} cannot be written.`, {
      hint: 'Choose a folder that is there and has no file of this name.',
      cause: error,
    });
  }
  try {
    for (let offset = 0; ; ) {
      const bytes = attachments.read({ id, offset, length: attachmentChunk });
      if (bytes.length === 0) break;
      offset += writeSync(descriptor, bytes);
    }
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}
