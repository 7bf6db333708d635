import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { kindNames } from '../model/kinds/index.ts';
import { finding, mostKey, mostReason, severity } from '../model/lint.ts';
import { procedure } from './base.ts';

const keys = z.array(z.string().min(1).max(mostKey)).min(1).max(1_000);
const changed = z.object({ changeSetId: id });
const ruleName = z.string().max(100);
const draftValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);

/** What of the inventory contradicts itself. Nothing here acts by itself. */
export const lint = {
  list: procedure
    .input(
      z.object({
        search: z.string().max(200).default(''),
        severities: z.array(severity).max(3).default([]),
        rules: z.array(ruleName).max(100).default([]),
        silenced: z.boolean().default(false),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(finding),
        total: z.number().int(),
        counts: z.object({
          error: z.number().int(),
          warning: z.number().int(),
          note: z.number().int(),
          silenced: z.number().int(),
        }),
        /** Those that found something, with a heading. */
        rules: z.array(
          z.object({ name: z.string(), title: z.string(), severity, count: z.number().int() }),
        ),
      }),
    ),
  /** What concerns these things or what belongs to them. */
  of: procedure.input(z.object({ ids: z.array(id).min(1).max(200) })).output(z.array(finding)),
  /** What would be found if this were saved; `id` is null for a row that would be new. */
  preview: procedure
    .input(
      z.object({
        kind: z.enum(kindNames),
        id: id.nullable(),
        values: z.array(z.object({ field: z.string().max(60), value: draftValue })).max(60),
      }),
    )
    .output(z.array(finding)),
  silence: procedure.input(z.object({ keys, reason: z.string().max(mostReason) })).output(changed),
  unsilence: procedure.input(z.object({ keys })).output(changed),
};
