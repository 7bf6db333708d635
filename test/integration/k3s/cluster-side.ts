import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createJoinHands } from '../../../electron/host/cluster/join/nodes/join-hands.ts';
import type {
  JoinedCluster,
  JoinHands,
} from '../../../electron/host/cluster/join/phases/join-hands.ts';
import type { JoinTokens } from '../../../electron/host/cluster/join/phases/token.ts';
import {
  createApiToken,
  deleteApiTokens,
  purposeOf,
} from '../../../electron/host/cluster/join/tokens/api-tokens.ts';
import type { KubeClient } from '../../../electron/host/connections/kubernetes/index.ts';
import type { K3sServer } from '../../k3s/index.ts';
import { clientOf } from '../cluster-work-bed.ts';
import { makeScratch } from '../scratch.ts';

/** The API of a cluster on the rack, as Rackhelm asks it. */
export async function clientOn(server: K3sServer): Promise<KubeClient> {
  const directory = makeScratch('k3s-kubeconfig');
  const file = path.join(directory, 'k3s.yaml');
  writeFileSync(file, await server.kubeconfig(), { mode: 0o600 });
  try {
    return await clientOf(file);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function handsOn(client: KubeClient): JoinHands {
  const times = { stepMs: 500, patienceMs: 90_000 };
  return createJoinHands({ clientOf: () => client, busyWith: () => null, times });
}

const anyId = '0190a000-0000-7000-8000-00000000c001';

export function clusterFor(nodeName: string): JoinedCluster {
  return { clusterId: anyId, contextId: anyId, nodeName, where: 'the rack' };
}

/** Tokens as Rackhelm has them: an agent's is made for it alone, by the API. */
export function tokensOn(server: K3sServer, client: KubeClient): JoinTokens {
  return {
    async make(request) {
      const full = await server.token();
      if (request.role === 'server') return full;
      const purpose = purposeOf(request);
      await deleteApiTokens(client, { purpose, signal: request.signal });
      const { nodeName, signal } = request;
      const token = await createApiToken(client, { purpose, nodeName, signal });
      return full.replace(/::.*/, `::${token}`);
    },
    async revoke(request) {
      const purpose = purposeOf(request);
      await deleteApiTokens(client, { purpose, signal: request.signal });
    },
  };
}
