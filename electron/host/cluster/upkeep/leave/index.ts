import type { AnyPhase } from '../../../engine/jobs/index.ts';
import { cordonPhase } from '../../drain/cordon.ts';
import { evictPodsPhase } from '../../drain/evict-pods.ts';
import type { UpkeepNeeds } from '../upkeep-needs.ts';
import { deleteMemberPhase } from './delete-member.ts';
import { deleteNodePhase } from './delete-node.ts';
import { keepVolumesPhase } from './keep-volumes.ts';
import { recordLeavingPhase } from './record-leaving.ts';
import { stopK3sPhase } from './stop-k3s.ts';
import { uninstallK3sPhase } from './uninstall-k3s.ts';

export { wantedLeave } from './wanted-leave.ts';

/** Phases of a node that leaves its cluster. */
export function leavePhases(needs: UpkeepNeeds): AnyPhase[] {
  // Whether the control plane can do without it is asked by the phases that take it away for good.
  const draining = { ...needs, mayGo: () => [] };
  return [
    leavingCordon(cordonPhase(draining)),
    evictPodsPhase(draining),
    deleteMemberPhase(needs),
    stopK3sPhase(needs),
    deleteNodePhase(needs),
    keepVolumesPhase,
    uninstallK3sPhase(needs),
    recordLeavingPhase(needs),
  ];
}

/** K3s that was started again has registered a node anew, which takes pods: nothing is to be undone. */
function leavingCordon(phase: ReturnType<typeof cordonPhase>): AnyPhase {
  return {
    ...phase,
    async probe(context, params) {
      const probed = await phase.probe(context, params);
      return probed.standing === 'unknown' ? { ...probed, standing: 'absent' } : probed;
    },
  };
}
