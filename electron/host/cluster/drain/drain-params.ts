import { z } from 'zod';
import { drainOptions } from '../../../../shared/cluster/drain/options.ts';

/** Of both phases: which node of which cluster, and what was accepted. */
export const drainParams = z.object({
  contextId: z.uuid(),
  clusterId: z.uuid(),
  /** How the API is called in evidence. */
  where: z.string().max(255),
  node: z.string().min(1).max(253),
  /** Of the node as it was shown: another of the same name is another node. */
  uid: z.string().max(100),
  options: drainOptions,
});
export type DrainParams = z.infer<typeof drainParams>;
