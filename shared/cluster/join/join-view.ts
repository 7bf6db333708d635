import { z } from 'zod';
import { id } from '../../model/inventory.ts';
import { taint } from '../k3s-settings.ts';
import { joinAs } from './join-answers.ts';
import { joinCluster } from './join-cluster.ts';

export const joinProblem = z.object({
  machineId: id,
  weight: z.enum(['blocks', 'warns']),
  text: z.string(),
});

/** What a window shows before machines join: the cluster, and what would become of each. */
export const joinView = z.object({
  /** Those of the inventory that K3s or Kubernetes runs. */
  clusters: z.array(z.object({ id, name: z.string() })).max(200),
  /** The one that was chosen; null: none, or it is gone. */
  cluster: joinCluster.nullable(),
  /** That of the servers; null: the channel or the person says it. */
  version: z.string().nullable(),
  /** Registries of the rack that nodes are told of. */
  registries: z.array(z.string()).max(20),
  machines: z
    .array(
      z.object({
        machineId: id,
        nodeName: z.string(),
        recommended: z.object({
          as: joinAs,
          reasons: z.array(z.string()),
          labels: z.record(z.string(), z.string()),
          taints: z.array(taint),
        }),
        /** By which address it would talk to the others, and why; null: it has none. */
        place: z.object({ interface: z.string(), address: z.string(), why: z.string() }).nullable(),
        server: z.string().nullable(),
      }),
    )
    .max(16),
  problems: z.array(joinProblem).max(200),
});
export type JoinView = z.infer<typeof joinView>;
