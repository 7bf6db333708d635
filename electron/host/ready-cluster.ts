import {
  type ClusterWork,
  type Compare,
  type Contexts,
  createClusterWork,
  createCompare,
  createContexts,
  createJoining,
  createLive,
  createPods,
  type Joining,
  type Live,
  type Pods,
  readersOnThread,
} from './cluster/index.ts';

type Needs = Parameters<typeof createContexts>[0] &
  Omit<Parameters<typeof createClusterWork>[0], 'clientOf' | 'serverOf' | 'authorityOf'> &
  Omit<Parameters<typeof createJoining>[0], 'clientOf' | 'authorityOf'> & {
    readonly report: (error: unknown) => void;
  };

export interface ReadyCluster {
  readonly clusterContexts: Contexts;
  readonly clusterLive: Live;
  readonly clusterPods: Pods;
  readonly clusterWork: ClusterWork;
  readonly clusterCompare: Compare;
}

/** All that is told of clusters and done to them. */
export function createReadyCluster(
  needs: Needs,
): ReadyCluster & { readonly joining: Joining; close(): Promise<void> } {
  const { db, report } = needs;
  const clusterContexts = createContexts(needs);
  const { clientOf, serverOf, authorityOf } = clusterContexts;
  const clusterLive = createLive({
    clientOf: async (contextId) => clientOf(contextId),
    readers: readersOnThread(),
    report,
  });
  const clusterPods = createPods({
    clientOf,
    clusterOf: (id) => db.clusterContexts.get(id)?.clusterName ?? '',
  });
  const clusterCompare = createCompare({ db, clientOf });
  return {
    clusterContexts,
    joining: createJoining({ ...needs, clientOf, authorityOf }),
    clusterWork: createClusterWork({ ...needs, clientOf, serverOf, authorityOf }),
    clusterLive,
    clusterPods,
    clusterCompare,
    async close() {
      clusterPods.close();
      clusterCompare.close();
      await clusterLive.close();
      clusterContexts.close();
    },
  };
}
