import { k3sBinaryPhase } from '../../../electron/host/cluster/join/phases/binary.ts';
import { k3sConfigPhase } from '../../../electron/host/cluster/join/phases/config.ts';
import { k3sImagesPhase } from '../../../electron/host/cluster/join/phases/images.ts';
import type { JoinHands } from '../../../electron/host/cluster/join/phases/join-hands.ts';
import { k3sRegistriesPhase } from '../../../electron/host/cluster/join/phases/registries.ts';
import { createK3sStartPhase } from '../../../electron/host/cluster/join/phases/start.ts';
import {
  createK3sTokenPhase,
  type JoinTokens,
} from '../../../electron/host/cluster/join/phases/token.ts';
import { k3sServicePhase } from '../../../electron/host/cluster/join/phases/unit.ts';
import type { KubeClient } from '../../../electron/host/connections/kubernetes/index.ts';
import type { AnyPhase } from '../../../electron/host/engine/jobs/index.ts';
import { K3sServer } from '../../k3s/index.ts';
import type { Rack } from '../../rack/index.ts';
import { clientOn, handsOn, tokensOn } from '../k3s/cluster-side.ts';

/** The API is asked how to reach it when it is needed first: by then there is a cluster. */
function lazily(server: K3sServer) {
  let made: Promise<KubeClient> | null = null;
  const client = () => {
    made ??= clientOn(server);
    return made;
  };
  const own = async () => handsOn(await client());
  const hands: JoinHands = {
    knows: async (...asked) => await (await own()).knows(...asked),
    turn: async (...asked) => await (await own()).turn(...asked),
    voting: async (...asked) => await (await own()).voting(...asked),
    leave: async (...asked) => await (await own()).leave(...asked),
    forget: async (...asked) => await (await own()).forget(...asked),
  };
  const tokens: JoinTokens = {
    make: async (request) => await tokensOn(server, await client()).make(request),
    revoke: async (request) => await tokensOn(server, await client()).revoke(request),
  };
  return { hands, tokens };
}

/**
 * What a join changes on a machine, against the cluster of `server-1` of a rack for K3s. Waiting for the node
 * changes nothing there.
 */
export function joinPhasesOn(rack: Rack): readonly AnyPhase[] {
  if (rack.profile !== 'k3s') return [];
  const { hands, tokens } = lazily(new K3sServer(rack.node('server-1')));
  return [
    k3sBinaryPhase,
    k3sImagesPhase,
    k3sRegistriesPhase,
    k3sConfigPhase,
    createK3sTokenPhase(tokens),
    k3sServicePhase,
    createK3sStartPhase({ stepMs: 500 }, hands),
  ];
}
