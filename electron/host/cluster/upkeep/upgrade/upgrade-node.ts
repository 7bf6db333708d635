import { z } from 'zod';
import type { Phase } from '../../../engine/jobs/index.ts';
import { commandItem, note } from '../../../engine/phases/index.ts';
import { guard } from '../../drain/guard.ts';
import { k3sBinaryPhase } from '../../join/phases/binary.ts';
import { placedSource, sha256 } from '../../join/phases/placed-file.ts';
import { nodeNow } from '../node-now.ts';
import { nodeParams, serviceParams } from '../node-params.ts';
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
  const { nodeMs } = needs.upgradeTimes ?? usualUpgradeTimes;
  return {
    id: 'k3s-upgrade',
    params,
    saved,
    title: ({ node, version }) => `Upgrade K3s on ${node} to ${version}`,
    lasting: () => null,

    async probe(context, given) {
      const binary = await k3sBinaryPhase.probe(context, placed(given));
      const node = await nodeNow(clientOf(given.contextId), given.node, context.signal);
      const runs = node?.version ?? 'nothing';
      const found = `${binary.found} ${given.node} runs ${runs}${node?.ready === 'ready' ? '' : ', and does not answer'}.`;
      if (binary.standing === 'unknown') return binary;
      const isNew = node?.version === given.version;
      const isWell = isNew && node.ready === 'ready';
      const standing =
        binary.standing === 'present' && isWell
          ? 'present'
          : binary.standing === 'absent' && !isNew
            ? 'absent'
            : 'partly';
      return { standing, found, evidence: binary.evidence };
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
