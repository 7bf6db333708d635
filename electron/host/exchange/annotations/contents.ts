import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attachment, largestAttachment } from '../../../../shared/model/annotations.ts';
import type { Database } from '../../db/index.ts';
import { writeFileWhole } from '../file-output.ts';
import type { Plan } from '../plan.ts';
import { annotationKey, attachmentOf } from './keys.ts';

/** Attachments of a file whose contents are not in the data directory, one of each content. */
export function contentsNeeded(db: Database, { wanted }: Plan): readonly Attachment[] {
  const needed = new Map<string, Attachment>();
  for (const { values } of wanted.values()) {
    for (const [field, value] of Object.entries(values)) {
      const key = value === null ? undefined : annotationKey(field);
      if (key?.type !== 'attachment') continue;
      const attachment = attachmentOf(key.id, value ?? null);
      const { sha256 } = attachment;
      if (needed.has(sha256) || db.blobs.read(sha256, 0, 1) !== undefined) continue;
      needed.set(sha256, attachment);
    }
  }
  return [...needed.values()];
}

/**
 * The content of that hash from a folder where files are called by their hashes; undefined where there
 * is none, or another one under its name.
 */
export function contentIn(folder: string, { sha256, sizeBytes }: Attachment): Buffer | undefined {
  const file = join(folder, sha256);
  const found = lstatSync(file, { throwIfNoEntry: false });
  // No links, no pipes: only what export wrote.
  if (!found?.isFile() || found.size !== sizeBytes || found.size > largestAttachment)
    return undefined;
  const bytes = readFileSync(file);
  const isIt = createHash('sha256').update(bytes).digest('hex') === sha256;
  return isIt ? bytes : undefined;
}

/** Takes contents into the data directory, before the rows that refer to them are written. */
export async function takeContents(
  db: Database,
  folder: string,
  needed: readonly Attachment[],
): Promise<void> {
  for (const attachment of needed) {
    const bytes = contentIn(folder, attachment);
    if (bytes === undefined) continue;
    const blob = db.blobs.begin();
    blob.append(bytes);
    await blob.finish();
  }
}

/** Every content that is attached, in a folder of its owner alone, under its hash. */
export async function writeContents(
  db: Database,
  folder: string,
): Promise<{ written: number; missing: string[] }> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const missing: string[] = [];
  let written = 0;
  for (const sha256 of db.tables.attachments.referred()) {
    const bytes = db.blobs.read(sha256, 0, largestAttachment);
    if (bytes === undefined) missing.push(sha256);
    else {
      await writeFileWhole(join(folder, sha256), bytes);
      written += 1;
    }
  }
  return { written, missing };
}
