import { z } from 'zod';

/** One thing to know before a drain. */
export const drainFinding = z.object({
  kind: z.enum([
    'quorum',
    'other-work',
    'daemon-set',
    'uncontrolled',
    'local-data',
    'budget',
    'several-budgets',
    'refused',
    'does-not-fit',
    'slow-end',
    'node-down',
    'not-known',
  ]),
  /** stop: it does not begin; warning: something is lost or may not come about. */
  weight: z.enum(['stop', 'warning', 'info']),
  /** Null: it is about the node or the cluster. */
  pod: z.object({ namespace: z.string(), name: z.string() }).nullable(),
  says: z.string(),
});
export type DrainFinding = z.infer<typeof drainFinding>;
