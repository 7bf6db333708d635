import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { KubeError } from '../../../connections/kubernetes/index.ts';
import { contextOfCluster, type JoinAsking, type JoinReach, onServer } from '../join-needs.ts';
import type { JoinTokens, TokenRequest } from '../phases/token.ts';
import { createApiToken, deleteApiTokens, purposeOf } from './api-tokens.ts';
import { createServerSideToken, deleteServerSideTokens, readServerToken } from './server-tokens.ts';

export interface TokenNeeds extends JoinReach {
  /** SHA-256 of what /cacerts answers; null: it could not be had. */
  readonly caHashOf: (clusterId: string, asking: JoinAsking) => Promise<string | null>;
}

/** Where the API does not let us make one, a server does. */
const notByApi: ReadonlySet<string> = new Set(['KUBE_FORBIDDEN', 'KUBE_NOT_FOUND']);

/** Tokens for those that join: for an agent one of its own that ends, for a server that of the servers. */
export function createJoinTokens(needs: TokenNeeds): JoinTokens {
  const { db, clientOf, caHashOf } = needs;

  async function byApi(request: TokenRequest): Promise<string | null> {
    const contextId = contextOfCluster(db, request.clusterId);
    const caHash = await caHashOf(request.clusterId, request);
    if (contextId === undefined || caHash === null) return null;
    const { nodeName, signal } = request;
    const purpose = purposeOf(request);
    try {
      const token = await createApiToken(clientOf(contextId), { purpose, nodeName, signal });
      return `K10${caHash}::${token}`;
    } catch (error) {
      if (error instanceof KubeError && notByApi.has(error.code)) return null;
      throw error;
    }
  }

  return {
    async make(request) {
      const { role, signal } = request;
      if (role === 'server')
        return await onServer(needs, request, (machine) => readServerToken(machine, signal));
      const purpose = purposeOf(request);
      // One that was made before a crash lets nobody join any more.
      await revoke(needs, request);
      return (
        (await byApi(request)) ??
        (await onServer(needs, request, (machine) =>
          createServerSideToken(machine, { purpose, signal }),
        ))
      );
    },
    revoke: (request) => revoke(needs, request),
  };
}

/** Of a token that cannot be deleted now, that it ends by itself is enough. */
async function revoke(needs: TokenNeeds, request: TokenRequest): Promise<void> {
  if (request.role === 'server') return;
  const { db, clientOf } = needs;
  const { clusterId, signal, log } = request;
  const purpose = purposeOf(request);
  const contextId = contextOfCluster(db, clusterId);
  try {
    if (contextId !== undefined) {
      const deleted = await deleteApiTokens(clientOf(contextId), { purpose, signal });
      if (deleted > 0) log('The token of this agent is deleted.');
      return;
    }
  } catch (error) {
    if (!(error instanceof KubeError) || signal.aborted) throw error;
    if (!notByApi.has(error.code)) return log(`Its token ends by itself: ${error.message}`);
  }
  try {
    await onServer(needs, request, (machine) =>
      deleteServerSideTokens(machine, { purpose, signal }),
    );
  } catch (error) {
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    log(`Its token ends by itself: ${error.message}`);
  }
}
