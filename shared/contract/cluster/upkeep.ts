import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { upkeepOverview } from '../../cluster/upkeep/upkeep-overview.ts';
import { upkeepPlan, upkeepWork } from '../../cluster/upkeep/upkeep-work.ts';
import { jobAnswer, jobQuestion } from '../../jobs/question.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

/** A minute to a month. */
const lifeMs = z
  .number()
  .int()
  .min(60_000)
  .max(31 * 86_400_000);
const context = z.object({ contextId: id });

/** What happens while a cluster and its machines are looked at for a plan. */
const upkeepEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('question'), questionId: id, question: jobQuestion }),
  z.object({ type: z.literal('progress'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('planned'), plan: upkeepPlan }),
  z.object({ type: z.literal('failed'), code: z.string(), message: z.string(), hint: z.string() }),
]);
export type UpkeepEvent = z.infer<typeof upkeepEvent>;

/** Work on the nodes of a cluster, as jobs: its plan first. */
export const upkeep = {
  /** How the cluster stands: nodes, versions, snapshots, tokens; by its API alone. */
  overview: procedure.input(context).output(upkeepOverview),
  /** What would be done, what would be lost, and what stops it. Ends after planned or failed. */
  plan: procedure
    .input(context.extend({ attemptId: id, work: upkeepWork }))
    .output(eventIterator(upkeepEvent)),
  answer: procedure
    .input(z.object({ attemptId: id, questionId: id, answer: jobAnswer }))
    .output(z.object({ taken: z.boolean() })),
  /** Throws CHANGED_SINCE where that is not what was shown. */
  run: procedure
    .input(context.extend({ hash: z.string().min(1).max(64) }))
    .output(z.object({ jobId: id })),
  /** A token for agents that ends by itself, into a new file of this computer: nobody else is told it. */
  createToken: procedure
    .input(
      context.extend({
        description: z.string().max(200),
        lifeMs,
        file: z.string().min(1).max(4_096),
      }),
    )
    .output(z.object({ id: z.string(), file: z.string() })),
  /** It lets nobody join any more; who has joined stays. */
  deleteToken: procedure
    .input(
      context.extend({
        id: z
          .string()
          .max(6)
          .regex(/^[a-z0-9]{6}$/),
      }),
    )
    .output(z.object({ deleted: z.boolean() })),
};
