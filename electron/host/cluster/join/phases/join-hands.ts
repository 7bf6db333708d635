import { z } from 'zod';
import { id } from '../../../../../shared/model/inventory.ts';
import type { PhaseContext } from '../../../engine/jobs/index.ts';

/** The cluster that a node joins, as far as starting and stopping it goes. */
export const joinedCluster = z.object({
  clusterId: id,
  contextId: id,
  nodeName: z.string().max(253),
  /** How the API is called in messages. */
  where: z.string().max(255),
});
export type JoinedCluster = z.infer<typeof joinedCluster>;

/** What the rest of a cluster has to do with one that joins or leaves it. Throws KUBE_*, CLUSTER_BUSY. */
export interface JoinHands {
  /** Whether the cluster has a node of this name, or holds the password of one. */
  knows(context: PhaseContext, cluster: JoinedCluster): Promise<boolean>;
  /**
   * Of servers one joins at a time: waits for its turn, and until no other one is half way in. Gives back
   * what ends the turn. Throws QUORUM_GUARDED where a server is down.
   */
  turn(context: PhaseContext, cluster: JoinedCluster): Promise<() => void>;
  /** Waits until a server is a whole member, so that the next one may join. */
  voting(context: PhaseContext, cluster: JoinedCluster): Promise<void>;
  /** Before a server is stopped for good: takes it out of etcd while it runs. Does nothing for others. */
  leave(context: PhaseContext, cluster: JoinedCluster): Promise<void>;
  /** After it was stopped: deletes its Node object and the password of its name. */
  forget(context: PhaseContext, cluster: JoinedCluster): Promise<void>;
}
