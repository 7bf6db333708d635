import {
  type ClusterNode,
  readClusterNode,
} from '../../../../shared/cluster/upkeep/cluster-node.ts';
import type { Probed } from '../../../../shared/jobs/plan.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import { patiently } from '../drain/patiently.ts';
import { readAll } from '../drain/survey.ts';
import { resources } from '../resources.ts';

/** Null: there is none of this name. Waits while the API is away for a moment. */
export async function nodeNow(
  client: Pick<KubeClient, 'get'>,
  name: string,
  signal: AbortSignal,
): Promise<ClusterNode | null> {
  try {
    return readClusterNode(
      await patiently(() => client.get(resources.nodes, { name }, { signal }), signal),
    );
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

export function nodesNow(
  client: Pick<KubeClient, 'list'>,
  signal: AbortSignal,
): Promise<ClusterNode[]> {
  return patiently(
    () => readAll(client, resources.nodes, { read: readClusterNode, signal }),
    signal,
  );
}

export function isGone(error: unknown): boolean {
  return error instanceof KubeError && error.code === 'KUBE_NOT_FOUND';
}

interface Answer extends Pick<Probed, 'standing' | 'found'> {
  /** `GET /api/v1/nodes/pi-1` */
  readonly ran: string;
  readonly where: string;
  readonly said: string;
}

/** What a probe that asked the API found, with its evidence. */
export function apiProbed({ standing, found, ran, where, said }: Answer): Probed {
  const evidence = { ran, where, as: null, at: Date.now(), durationMs: 0, cut: false, exit: null };
  return { standing, found, evidence: [{ ...evidence, said }] };
}

/** Whether the API says that it is ready; what hinders it is an answer like any other. */
export async function isApiReady(
  client: Pick<KubeClient, 'request'>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await client.request({ path: '/readyz', signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
