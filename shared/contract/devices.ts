import { z } from 'zod';
import { factsSchema } from '../model/facts.ts';
import {
  comparison,
  deviceFields,
  deviceQuery,
  deviceRow,
  id,
  interfaceRow,
  note,
  serviceRow,
  timestamp,
} from '../model/inventory.ts';
import { procedure } from './base.ts';

const changed = z.object({ changeSetId: id });
const patch = deviceFields.partial();
const tagChange = z.object({
  add: z.array(z.string().trim().min(1).max(50)).max(100),
  remove: z.array(z.string().max(50)).max(100),
});

const noteText = z.string().trim().min(1).max(20_000);

export const devices = {
  list: procedure
    .input(deviceQuery)
    .output(z.object({ rows: z.array(deviceRow), total: z.number().int() })),
  get: procedure.input(z.object({ id })).output(
    z.object({
      device: deviceRow,
      interfaces: z.array(interfaceRow),
      services: z.array(serviceRow),
    }),
  ),
  /** `name` and `kind` are needed; the rest defaults to not declared, status `planned`. */
  create: procedure
    .input(patch.required({ name: true, kind: true }))
    .output(changed.extend({ id })),
  /** One change set for one or many devices; only the given fields and tags are written. */
  update: procedure
    .input(z.object({ ids: z.array(id).min(1).max(20_000), patch, tags: tagChange.optional() }))
    .output(changed),
  /** Replaces the set of tags of each device by adding and removing. */
  tag: procedure.input(tagChange.extend({ ids: z.array(id).min(1).max(20_000) })).output(changed),
  /** Notes of a device, newest first; `before`: the last one of the page before, though it is gone. */
  notes: procedure
    .input(
      z.object({
        id,
        before: note.pick({ id: true, at: true }).nullable().default(null),
        limit: z.number().int().min(1).max(200).default(30),
      }),
    )
    .output(z.object({ notes: z.array(note), total: z.number().int() })),
  addNote: procedure.input(z.object({ id, text: noteText })).output(changed),
  /** `id` is that of the note. `expect`: its text as it was shown; CHANGED_SINCE where it is another. */
  editNote: procedure
    .input(z.object({ id, text: noteText, expect: z.string().max(20_000).optional() }))
    .output(changed),
  /** `id` is that of the note. */
  removeNote: procedure.input(z.object({ id })).output(changed),
  remove: procedure.input(z.object({ ids: z.array(id).min(1).max(20_000) })).output(changed),
  /** Declared beside observed, field by field. Reads only. */
  compare: procedure.input(z.object({ id })).output(comparison),
  /**
   * Writes the observed value of each path into what is declared, as one change set. `observedAt`:
   * of the comparison that was shown; when facts were recorded since, nothing is written and
   * CHANGED_SINCE is thrown. Left out: the newest facts, whatever they say.
   */
  accept: procedure
    .input(
      z.object({
        id,
        paths: z.array(z.string().max(2_000)).min(1).max(100_000),
        observedAt: timestamp.nullable().optional(),
      }),
    )
    .output(changed.extend({ accepted: z.number().int() })),
  /** The newest facts as collected, or null. */
  facts: procedure.input(z.object({ id })).output(factsSchema.nullable()),
};
