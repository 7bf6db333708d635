import type { AnyPhase } from '../../../engine/jobs/index.ts';
import { k3sBinaryPhase } from './binary.ts';
import { k3sConfigPhase } from './config.ts';
import { k3sImagesPhase } from './images.ts';
import type { JoinHands } from './join-hands.ts';
import type { JoinedNodes } from './joined-nodes.ts';
import { createNodeReadyPhase } from './node-ready.ts';
import { k3sRegistriesPhase } from './registries.ts';
import { createK3sStartPhase } from './start.ts';
import { createK3sTokenPhase, type JoinTokens } from './token.ts';
import { k3sServicePhase } from './unit.ts';

export interface JoinPhasesDeps {
  readonly tokens: JoinTokens;
  readonly hands: JoinHands;
  readonly nodes: JoinedNodes;
  /** Milliseconds between two looks. Default 2,000. */
  readonly stepMs?: number;
}

/** Every phase of a join, in the order in which they are done. */
export function joinPhases({ tokens, hands, nodes, stepMs = 2_000 }: JoinPhasesDeps): AnyPhase[] {
  return [
    k3sBinaryPhase,
    k3sImagesPhase,
    // First of those in its folder, which goes with it when all is taken back.
    k3sConfigPhase,
    k3sRegistriesPhase,
    createK3sTokenPhase(tokens),
    k3sServicePhase,
    createK3sStartPhase({ stepMs }, hands),
    createNodeReadyPhase(nodes, { stepMs }),
  ];
}
