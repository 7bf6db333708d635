import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { kindNames } from '../model/kinds/index.ts';

const kindName = z.enum(kindNames);

/** One thing that a file would change, in words. */
export const shownDifference = z.object({
  action: z.enum(['add', 'change', 'delete']),
  kind: kindName,
  id,
  name: z.string(),
  /** Where the file says so; null for what it does not have. */
  line: z.number().int().nullable(),
  /** The file and the inventory both changed it since the file was written. */
  conflict: z.boolean(),
  fields: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      conflict: z.boolean(),
    }),
  ),
});
export type ShownDifference = z.infer<typeof shownDifference>;

/** How much of each kind a file would change. */
export const importSummary = z.object({
  /** What the file is, for a person: `Rackhelm inventory`. */
  format: z.string(),
  encoding: z.string(),
  /** The file says that it has everything. */
  whole: z.boolean(),
  /** Whether the moment is known at which it was written from this inventory. */
  base: z.enum(['known', 'unknown', 'none']),
  /** Of a table: what its columns were taken for, and what else they could be. */
  table: z
    .object({
      kind: kindName,
      delimiter: z.string(),
      columns: z.array(z.object({ header: z.string(), target: z.string().nullable() })),
      targets: z.array(z.string()),
    })
    .nullable(),
  things: z.number().int(),
  unchanged: z.number().int(),
  changedHere: z.number().int(),
  conflicts: z.number().int(),
  total: z.number().int(),
  kinds: z.array(
    z.object({
      kind: kindName,
      add: z.number().int(),
      change: z.number().int(),
      delete: z.number().int(),
    }),
  ),
  /** What has no place here; the first few, and how many there are. */
  dropped: z.array(z.object({ what: z.string(), line: z.number().int() })),
  droppedTotal: z.number().int(),
});
export type ImportSummary = z.infer<typeof importSummary>;
