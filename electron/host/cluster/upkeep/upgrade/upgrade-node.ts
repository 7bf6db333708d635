import { z } from 'zod';
import {
  type ClusterNode,
  readClusterNode,
} from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { Standing } from '../../../../../shared/jobs/plan.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import type { Phase } from '../../../engine/jobs/index.ts';
import { commandItem, note } from '../../../engine/phases/index.ts';
import { guard } from '../../drain/guard.ts';
import { k3sBinaryPhase } from '../../join/phases/binary.ts';
import { placedSource, sha256 } from '../../join/phases/placed-file.ts';
import { resources } from '../../resources.ts';
import { isGone, nodeNow } from '../node-now.ts';
import { nodeParams, serviceParams } from '../node-params.ts';
import { until } from '../until.ts';
import { restartCommands, restartK3s } from './restart-k3s.ts';
import { type UpgradeNeeds, usualUpgradeTimes } from './upgrade-needs.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  /** `v1.37.2+k3s1` */
  version: z.string().max(60),
  sha256,
  source: placedSource,
  isServer: z.boolean(),
});
type Params = z.infer<typeof params>;

const saved = z.object({
  binary: k3sBinaryPhase.saved,
  /** That it ran before. */
  version: z.string().max(60),
});

const placed = ({ version, sha256: sum, source }: Params) => ({ version, sha256: sum, source });

/**
 * Another version of K3s on one node: its binary is exchanged, K3s restarted, and the node waited for.
 * What runs in pods goes on meanwhile. Undo puts the binary before back, and restarts it again.
 */
export function upgradeNodePhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof saved>> {
  const { clientOf } = needs;
  const { nodeMs, backMs } = needs.upgradeTimes ?? usualUpgradeTimes;
  return {
    id: 'k3s-upgrade',
    params,
    saved,
    title: ({ node, version }) => `Upgrade K3s on ${node} to ${version}`,
    lasting: () => null,

    async probe(context, given) {
      const binary = await k3sBinaryPhase.probe(context, placed(given));
      if (binary.standing === 'unknown') return binary;
      const node = await nodeOrAway(clientOf(given.contextId), given.node, {
        signal: context.signal,
        forMs: Math.min(backMs, passingMs),
      });
      const { standing, says } = standingOf(given, { binary: binary.standing, node });
      return { standing, found: `${binary.found} ${says}`, evidence: binary.evidence };
    },

    async plan(context, given, probed) {
      const items = await k3sBinaryPhase.plan(context, placed(given), probed);
      return [
        ...items,
        ...restartCommands(given).map(commandItem),
        note(
          'info',
          `Then ${given.node} is waited for, for ${Math.round(nodeMs / 60_000)} minutes at the most. Its pods go on running meanwhile.`,
        ),
      ];
    },

    async save(context, given) {
      const binary = await k3sBinaryPhase.save(context, placed(given));
      const node = await nodeNow(clientOf(given.contextId), given.node, context.signal);
      return { binary, version: node?.version ?? '' };
    },

    async apply(context, given, before) {
      await guard(needs, given, context);
      await k3sBinaryPhase.apply(context, placed(given), before.binary);
      await restartK3s(needs, context, { ...given, runs: given.version });
    },

    async undo(context, given, before) {
      await k3sBinaryPhase.undo(context, placed(given), before.binary);
      await restartK3s(needs, context, { ...given, runs: before.version });
    },
  };
}

/** `away`: the API does not answer, as where its only server is the one that does not come up. */
type NodeAnswer = ClusterNode | null | 'away';

const passingMs = 10_000;
const away: ReadonlySet<string> = new Set(['KUBE_UNREACHABLE', 'KUBE_FAILED', 'KUBE_BUSY']);

async function nodeOrAway(
  client: Pick<KubeClient, 'get'>,
  name: string,
  { signal, forMs }: { readonly signal: AbortSignal; readonly forMs: number },
): Promise<NodeAnswer> {
  let answer: NodeAnswer = 'away';
  const isTold = async () => {
    try {
      answer = readClusterNode(await client.get(resources.nodes, { name }, { signal }));
      return true;
    } catch (error) {
      if (isGone(error)) answer = null;
      else if (!(error instanceof KubeError) || !away.has(error.code)) throw error;
      return answer === null;
    }
  };
  await until(isTold, { stepMs: Math.min(1_000, forMs), forMs }, signal);
  return answer;
}

interface Seen {
  readonly binary: Standing;
  readonly node: NodeAnswer;
}

function standingOf(
  { node: name, version }: Pick<Params, 'node' | 'version'>,
  { binary, node }: Seen,
): { readonly standing: Standing; readonly says: string } {
  if (node === 'away')
    return { standing: 'partly', says: `What ${name} runs is not known: the API is away.` };
  const isReady = node?.ready === 'ready';
  const says = `${name} runs ${node?.version ?? 'nothing'}${isReady ? '' : ', and does not answer'}.`;
  const isNew = node?.version === version;
  if (binary === 'present' && isNew && isReady) return { standing: 'present', says };
  return { standing: binary === 'absent' && !isNew ? 'absent' : 'partly', says };
}
