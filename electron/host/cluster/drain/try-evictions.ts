import type { TriedEviction } from '../../../../shared/cluster/drain/preflight.ts';
import type { PlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { said } from '../../../../shared/cluster/status.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { isSeveralBudgets, refusalOf, refusalText } from './refusal.ts';

const atOnce = 8;
/** Of more pods the counts of the budgets have to do. */
const mostTried = 200;

/** Asks the API for each pod whether it could be evicted now, without doing it. By uid. */
export async function tryEvictions(
  client: Pick<KubeClient, 'evict'>,
  pods: readonly PlacedPod[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TriedEviction>> {
  const tried = new Map<string, TriedEviction>();
  const turns = pods.slice(0, mostTried).values();
  const worker = async () => {
    for (const pod of turns) {
      const outcome = await tryOne(client, pod, signal);
      if (outcome !== null) tried.set(pod.uid, outcome);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return tried;
}

/** Null: it is gone, or nobody could say. */
async function tryOne(
  client: Pick<KubeClient, 'evict'>,
  { namespace, name, uid, deletedAt }: PlacedPod,
  signal: AbortSignal,
): Promise<TriedEviction | null> {
  if (deletedAt !== null) return { outcome: 'allowed' };
  try {
    await client.evict({ namespace, name }, { uid, dryRun: true, signal });
    return { outcome: 'allowed' };
  } catch (error) {
    signal.throwIfAborted();
    const says = said(refusalText(error));
    if (isSeveralBudgets(error)) return { outcome: 'several', says };
    const refusal = refusalOf(error);
    if (refusal === 'again') return { outcome: 'budget', says };
    return refusal === 'failed' ? { outcome: 'refused', says } : null;
  }
}
