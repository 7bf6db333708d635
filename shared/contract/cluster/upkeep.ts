import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { upkeepOverview } from '../../cluster/upkeep/upkeep-overview.ts';
import { upkeepPlan, upkeepWork } from '../../cluster/upkeep/upkeep-work.ts';
import { jobAnswer, jobQuestion } from '../../jobs/question.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

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
};
