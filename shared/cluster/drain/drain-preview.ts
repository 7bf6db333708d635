import { z } from 'zod';
import { jobPlan } from '../../jobs/plan.ts';
import { drainFinding } from './finding.ts';

/** What a drain would come to. Lists are bounded; `…Total` says how many there are. */
export const drainPreview = z.object({
  node: z.string(),
  cordoned: z.boolean(),
  evicted: z.number().int(),
  skipped: z.number().int(),
  findings: z.array(drainFinding),
  findingsTotal: z.number().int(),
  /** Something stops it. */
  stopped: z.boolean(),
  plan: jobPlan,
  /** To be given back, so that nothing else is done than what was shown. */
  hash: z.string(),
});
export type DrainPreview = z.infer<typeof drainPreview>;
