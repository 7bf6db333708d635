import { z } from 'zod';
import { factsSchema } from '../model/facts.ts';
import {
  comparison,
  deviceFields,
  deviceQuery,
  deviceRow,
  id,
  interfaceRow,
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

export const devices = {
  list: procedure
    .input(deviceQuery)
    .output(z.object({ rows: z.array(deviceRow), total: z.number().int() })),
  get: procedure.input(z.object({ id })).output(
    z.object({
      device: deviceRow,
      interfaces: z.array(interfaceRow),
      services: z.array(serviceRow),
      notes: z.array(z.object({ id, text: z.string(), at: z.number().int() })),
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
  addNote: procedure
    .input(z.object({ id, text: z.string().trim().min(1).max(20_000) }))
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
