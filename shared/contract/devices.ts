import { z } from 'zod';
import { columnsOf } from '../model/columns.ts';
import {
  comparison,
  comparisonChoice,
  comparisonViews,
  deviceFields,
  deviceQuery,
  deviceRow,
  id,
  listedInterface,
  removalPreview,
  serviceRow,
  timestamp,
} from '../model/inventory.ts';
import { shownFacts } from '../model/shown-facts.ts';
import { procedure } from './base.ts';

const changed = z.object({ changeSetId: id });
const patch = deviceFields.partial();
const tagChange = z.object({
  add: z.array(z.string().trim().min(1).max(50)).max(100),
  remove: z.array(z.string().max(50)).max(100),
});

const decision = z.object({
  id,
  chosen: comparisonChoice,
  observedAt: timestamp.nullable().optional(),
});

export const devices = {
  list: procedure
    .input(deviceQuery)
    .output(z.object({ rows: z.array(deviceRow), total: z.number().int() })),
  /** The same by columns, for long lists. */
  columns: procedure
    .input(deviceQuery)
    .output(z.object({ list: columnsOf(deviceRow), total: z.number().int() })),
  get: procedure.input(z.object({ id })).output(
    z.object({
      device: deviceRow,
      services: z.array(serviceRow),
    }),
  ),
  /** The declared interfaces in the order that they were declared in, a page of them. */
  interfaces: procedure
    .input(
      z.object({
        id,
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(listedInterface), total: z.number().int() })),
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
  /** What runs on these devices or hangs on them. Reads only. */
  removalPreview: procedure
    .input(z.object({ ids: z.array(id).min(1).max(20_000) }))
    .output(removalPreview),
  remove: procedure.input(z.object({ ids: z.array(id).min(1).max(20_000) })).output(changed),
  /** Declared beside observed, field by field, in pages. Reads only. */
  compare: procedure
    .input(
      z.object({
        id,
        view: z.enum(comparisonViews).default('open'),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(comparison),
  /**
   * Writes the observed values of what is chosen into what is declared, as one change set.
   * `observedAt`: of the comparison that was shown; when facts were recorded since, nothing is
   * written and CHANGED_SINCE is thrown. Left out: the newest facts, whatever they say.
   */
  accept: procedure.input(decision).output(changed.extend({ accepted: z.number().int() })),
  /**
   * Keeps what is declared: the chosen lines are no differences until something else is observed.
   * `keep: false` makes them differences again.
   */
  keepMine: procedure
    .input(decision.extend({ keep: z.boolean().default(true) }))
    .output(changed.extend({ kept: z.number().int() })),
  /** The newest facts as collected, of long lists the first items; or null. */
  facts: procedure.input(z.object({ id })).output(shownFacts.nullable()),
};
