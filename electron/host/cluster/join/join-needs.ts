import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import type { Database } from '../../db/index.ts';
import type { LookedAt } from '../../engine/jobs/index.ts';
import type { Machines } from '../../engine/machines/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { isServerRole } from './server-roles.ts';

/** How the running part of a cluster is reached while others join it. */
export interface JoinReach {
  readonly db: Pick<Database, 'clusterContexts' | 'tables'>;
  readonly clientOf: (contextId: string) => KubeClient;
  /** The authority that a context trusts, as PEM; null: those of the system. */
  readonly authorityOf: (contextId: string, signal: AbortSignal) => Promise<Buffer | null>;
  readonly machines: Pick<Machines, 'look'>;
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
}

export interface JoinAsking {
  readonly signal: AbortSignal;
  readonly ask: (question: JobQuestion) => Promise<JobAnswer>;
  /** Default true. */
  readonly attended?: boolean;
  readonly log?: (text: string) => void;
}

/** More servers are not tried one after the other. */
const mostTried = 5;

/**
 * Does something on a server of the cluster over SSH: the first one that is reached. Throws NOT_FOUND where
 * no device of it is a server with SSH, else what the last one failed with.
 */
export async function onServer<T>(
  { db, machines, inventory }: Pick<JoinReach, 'db' | 'machines' | 'inventory'>,
  { clusterId, ...asking }: JoinAsking & { readonly clusterId: string },
  work: (machine: LookedAt) => Promise<T>,
): Promise<T> {
  const { signal, ask, attended = true, log } = asking;
  let last: unknown;
  const servers = db.clusterContexts.members(clusterId).filter(({ role }) => isServerRole(role));
  for (const { deviceId, name } of servers.slice(0, mostTried)) {
    try {
      const target = inventory.sshTargetOf(deviceId);
      const more = { attended, ...(log && { log }) };
      const machine = await machines.look(target, { name, signal, ask, ...more });
      try {
        return await work(machine);
      } finally {
        await machine.release();
      }
    } catch (error) {
      if (!(error instanceof RackhelmError) || signal.aborted) throw error;
      last = error;
    }
  }
  throw last ?? noServer();
}

function noServer(): RackhelmError {
  return new RackhelmError('NOT_FOUND', 'No server of this cluster can be reached over SSH.', {
    hint: 'Add a server of it to the inventory, as a member of the cluster, with its SSH host.',
  });
}

/** The context by which the API of a cluster is asked; undefined: none is saved. */
export function contextOfCluster(
  db: Pick<Database, 'clusterContexts'>,
  clusterId: string,
): string | undefined {
  return db.clusterContexts.list().find((one) => one.clusterId === clusterId)?.id;
}
