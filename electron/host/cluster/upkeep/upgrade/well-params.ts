import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { lackingNow } from './cluster-well.ts';

/** So many workloads are told apart; of more only those count that were well before. */
const mostLacking = 300;
const mostNodes = 200;

interface Asked {
  readonly contextId: string;
  readonly where: string;
  readonly nodes: readonly ClusterNode[];
}

/** How well a cluster is now: what is asked of it between two nodes. */
export async function wellParams(
  client: Pick<KubeClient, 'list'>,
  { contextId, where, nodes }: Asked,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const lacking = await lackingNow(client, signal);
  return {
    ...{ contextId, where },
    nodes: nodes
      .filter(({ ready }) => ready === 'ready')
      .map(({ name }) => name)
      .slice(0, mostNodes),
    lacked: Object.fromEntries(lacking.slice(0, mostLacking).map(({ key, count }) => [key, count])),
  };
}
