import type { RelatedObject } from '../../../../shared/cluster/object-page.ts';
import {
  type ClusterStatus,
  type StatusLevel,
  statusLevels,
} from '../../../../shared/cluster/status.ts';

export interface Trouble {
  /** One of those that have it. */
  readonly pod: RelatedObject;
  readonly status: ClusterStatus;
  /** So many others have the same. */
  readonly others: number;
}

const most = 4;

/** What keeps the pods of a workload from running, the worst first and each once. */
export function troubledPods(
  level: StatusLevel,
  owned: readonly RelatedObject[],
): readonly Trouble[] {
  if (level === 'well' || level === 'ended') return [];
  const bySaid = new Map<string, Trouble>();
  for (const pod of owned) {
    const { status } = pod;
    if (pod.kind !== 'pods' || status === null) continue;
    if (status.level === 'well' || status.level === 'ended') continue;
    // Each is told by its own name, which is no difference.
    const key = `${status.label} ${(status.why ?? '').replaceAll(pod.name, '')}`;
    const known = bySaid.get(key);
    bySaid.set(key, known ? { ...known, others: known.others + 1 } : { pod, status, others: 0 });
  }
  const rank = ({ status }: Trouble) => statusLevels.indexOf(status.level);
  return [...bySaid.values()].sort((a, b) => rank(a) - rank(b)).slice(0, most);
}
