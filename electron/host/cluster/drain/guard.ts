import { serverFindings } from '../../../../shared/cluster/drain/server-guard.ts';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';
import { type GuardedJobs, refuseBeside, sameNode } from './cluster-work.ts';
import type { DrainParams } from './drain-params.ts';
import type { DrainTimes } from './empty-node.ts';
import { patiently } from './patiently.ts';
import { readAll } from './survey.ts';

export interface GuardNeeds {
  readonly clientOf: (contextId: string) => KubeClient;
  readonly times?: DrainTimes;
  readonly jobs: GuardedJobs;
  /** Whether the control plane can do without a node. Default: for a while. */
  readonly mayGo?: typeof serverFindings;
}

/**
 * Once more, right before anything is done: the plan may be old by then. Throws CLUSTER_BUSY,
 * QUORUM_GUARDED, CHANGED_SINCE.
 */
export async function guard(
  { clientOf, jobs, mayGo = serverFindings }: GuardNeeds,
  { contextId, clusterId, node: name, uid }: Omit<DrainParams, 'options'>,
  { jobId, signal }: { readonly jobId: string; readonly signal: AbortSignal },
): Promise<void> {
  refuseBeside(jobs, clusterId, jobId);
  const client = clientOf(contextId);
  const read = () => readAll(client, resources.nodes, { read: readPlacingNode, signal });
  const nodes = await patiently(read, signal);
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) throw new RackhelmError('NOT_FOUND', `There is no node ${name}.`);
  sameNode(node, uid);
  const stop = mayGo(node, nodes).find(({ weight }) => weight === 'stop');
  if (stop !== undefined) throw new RackhelmError('QUORUM_GUARDED', stop.says);
}
