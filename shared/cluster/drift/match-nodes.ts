import type { CensusNode } from '../census/node.ts';
import { type Declared, type NodeCandidate, nodeEvidence } from './declared.ts';

export interface NodeMatch {
  readonly deviceId: string;
  readonly by: NodeCandidate['by'];
}

export interface NodeMatches {
  readonly byNode: ReadonlyMap<string, NodeMatch>;
  /** Nodes that may be one of several devices. */
  readonly doubtful: ReadonlyMap<string, readonly string[]>;
}

/**
 * Which device a node is: by the id of its system, which copies of one disk share, then by its name,
 * then by its address. Of several with the same evidence the member of the cluster counts. A device is one
 * node at the most: the one with the stronger evidence.
 */
export function matchNodes(
  nodes: readonly CensusNode[],
  { candidates, members }: Pick<Declared, 'candidates' | 'members'>,
): NodeMatches {
  const isMember = new Set(members.map(({ deviceId }) => deviceId));
  const byNode = new Map<string, NodeMatch>();
  const doubtful = new Map<string, readonly string[]>();
  const taken = new Set<string>();
  for (const by of nodeEvidence) {
    for (const { name } of nodes) {
      if (byNode.has(name)) continue;
      const found = devicesBy(candidates.get(name) ?? [], by).filter((id) => !taken.has(id));
      const own = found.filter((id) => isMember.has(id));
      const [one, ...others] = own.length > 0 ? own : found;
      if (one === undefined) continue;
      if (others.length > 0) {
        doubtful.set(name, [one, ...others]);
        continue;
      }
      byNode.set(name, { deviceId: one, by });
      doubtful.delete(name);
      taken.add(one);
    }
  }
  return { byNode, doubtful };
}

function devicesBy(candidates: readonly NodeCandidate[], by: NodeCandidate['by']): string[] {
  const ids = candidates.filter((one) => one.by === by).map(({ deviceId }) => deviceId);
  return [...new Set(ids)];
}
