import { z } from 'zod';
import { driftGroups, driftLine } from '../../cluster/drift/drift-line.ts';
import { id } from '../../model/inventory.ts';
import { mostAtOnce } from '../../model/proposals.ts';
import { procedure } from '../base.ts';

const context = z.object({ contextId: id });
const choice = context.extend({
  keys: z.array(z.string().min(1).max(2_000)).min(1).max(mostAtOnce),
});
const done = z.object({ changeSetId: id, count: z.number().int() });

/** What of a cluster could not be read: what rests on it is not known. */
export const censusGap = z.object({ what: z.string(), why: z.string() });

/** In what the inventory and a cluster differ. Nothing here acts by itself. */
export const drift = {
  /** As the cluster was read last, beside the inventory as it is; `fresh` reads the cluster now. */
  list: procedure
    .input(
      context.extend({
        state: z.enum(['open', 'dismissed']).default('open'),
        group: z.enum(driftGroups).nullable().default(null),
        search: z.string().max(200).default(''),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
        fresh: z.boolean().default(false),
      }),
    )
    .output(
      z.object({
        cluster: z.object({ id, name: z.string() }),
        readAt: z.number(),
        gaps: z.array(censusGap),
        rows: z.array(driftLine),
        total: z.number().int(),
        /** Open ones by group; and what is dismissed. */
        counts: z.object({
          nodes: z.number().int(),
          workloads: z.number().int(),
          dependencies: z.number().int(),
          dismissed: z.number().int(),
        }),
      }),
    ),
  /** Writes them into the inventory as one change set; CHANGED_SINCE where one is not open any more. */
  accept: procedure.input(choice).output(done),
  /** Remembers that they are not wanted, until something else is seen, `restore` or an undo. */
  dismiss: procedure.input(choice).output(done),
  restore: procedure.input(choice).output(done),
};
