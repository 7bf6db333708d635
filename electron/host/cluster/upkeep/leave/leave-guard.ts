import { type LeaveVerdict, mayLeave } from '../../../../../shared/cluster/upkeep/may-leave.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { refuseBeside, sameNode } from '../../drain/cluster-work.ts';
import type { GuardNeeds } from '../../drain/guard.ts';
import { nodesNow } from '../node-now.ts';
import type { NodeParams } from '../node-params.ts';

export interface LeaveTimes {
  /** Milliseconds between two looks at the cluster. */
  readonly stepMs: number;
  /** So long K3s has to answer that it took a member off the list of etcd. */
  readonly answerMs: number;
  /** So long a node that is deleted may be held by its finalizers: the leader's lease has to end. */
  readonly goneMs: number;
}

export const usualTimes: LeaveTimes = { stepMs: 1_000, answerMs: 45_000, goneMs: 150_000 };

export type LeaveNeeds = GuardNeeds & { readonly leaveTimes?: LeaveTimes };

/**
 * Once more, right before something is done that cannot be taken back: nothing may take a control plane
 * below its majority, nor two nodes at once. Null: there is no such node any more. Throws CLUSTER_BUSY,
 * QUORUM_GUARDED, CHANGED_SINCE.
 */
export async function guardLeave(
  { clientOf, jobs }: LeaveNeeds,
  { contextId, clusterId, node: name, uid }: NodeParams,
  { jobId, signal }: { readonly jobId: string; readonly signal: AbortSignal },
): Promise<Extract<LeaveVerdict, { allowed: true }> | null> {
  refuseBeside(jobs, clusterId, jobId);
  const nodes = await nodesNow(clientOf(contextId), signal);
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) return null;
  sameNode(node, uid);
  const verdict = mayLeave(node, nodes);
  if (!verdict.allowed) throw new RackhelmError('QUORUM_GUARDED', verdict.says);
  return verdict;
}
