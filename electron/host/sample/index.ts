import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import { addFile } from '../exchange/index.ts';
import { sampleTitle } from '../inventory/index.ts';
import { type Annotation, annotations } from './annotations.ts';

/**
 * Adds resources/sample-rack.yaml as one change set, with the tags and notes that a file of the
 * inventory does not hold. Throws FILE_INVALID or DUPLICATE; nothing is kept then.
 */
export function openSample(db: Database, text: string): { changeSetId: string; devices: number } {
  const devices = () => db.tables.devices.counts().devices;
  const before = devices();
  const { changeSetId } = addFile(db, text, {
    title: sampleTitle,
    also: () => {
      const at = Date.now();
      for (const one of annotations) annotate(db, one, at);
    },
  });
  return { changeSetId, devices: devices() - before };
}

/** Of what the file has; another file of the format may not have it. */
function annotate(db: Database, { kind, name, tags = [], notes = [] }: Annotation, at: number) {
  const [id] = db.tables.records.idsByName(kindOf(kind), name, 1);
  if (id === undefined) return;
  for (const tag of tags) db.tables.tags.add({ kind, id }, db.tables.tags.ensure(tag));
  for (const note of notes) db.tables.notes.add({ kind, id }, note, at);
}
