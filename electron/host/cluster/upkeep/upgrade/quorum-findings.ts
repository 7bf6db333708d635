import { serverFindings } from '../../../../../shared/cluster/drain/server-guard.ts';
import { readPlacingNode } from '../../../../../shared/cluster/placing/placing-node.ts';
import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { UpkeepFinding } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { readAll } from '../../drain/survey.ts';
import { resources } from '../../resources.ts';
import { info, stop } from '../wanted.ts';

/** Each server is away for a moment: the others have to be able to decide meanwhile. */
export async function quorumFindings(
  client: KubeClient,
  wanted: readonly ClusterNode[],
  signal: AbortSignal,
): Promise<UpkeepFinding[]> {
  const read = () => readAll(client, resources.nodes, { read: readPlacingNode, signal });
  const nodes = await patiently(read, signal);
  const found = wanted
    .filter(({ isServer }) => isServer)
    .flatMap(({ name }) => {
      const node = nodes.find((one) => one.name === name);
      return node === undefined ? [] : serverFindings(node, nodes);
    });
  const stops = found.filter(({ weight }) => weight === 'stop');
  const [first] = stops.length > 0 ? stops : found;
  return first === undefined ? [] : [first.weight === 'stop' ? stop(first.says) : info(first.says)];
}
