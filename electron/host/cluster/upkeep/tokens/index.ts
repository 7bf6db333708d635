import type { AnyPhase } from '../../../engine/jobs/index.ts';
import { clusterWellPhase } from '../upgrade/cluster-well.ts';
import { giveTokenPhase, type TokenNeeds } from './give-token.ts';
import { rotateTokenPhase } from './rotate-token.ts';

export { type AgentTokens, createAgentTokens } from './agent-tokens.ts';
export { wantedRotation } from './wanted-rotation.ts';

/** Phases of servers and agents that get another token. */
export function rotationPhases(needs: TokenNeeds): AnyPhase[] {
  return [rotateTokenPhase(needs), giveTokenPhase(needs), clusterWellPhase(needs)];
}
