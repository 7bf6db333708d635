import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { resources } from '../../resources.ts';
import { type ApiNode, readApiNode } from '../survey/api-survey.ts';

/** Undefined: what was asked for is not there. */
export async function gone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_NOT_FOUND') return undefined;
    throw error;
  }
}

export async function nodeOrNull(
  client: KubeClient,
  name: string,
  signal: AbortSignal,
): Promise<ApiNode | null> {
  const object = await gone(client.get(resources.nodes, { name }, { signal }));
  return object === undefined ? null : readApiNode(object);
}
