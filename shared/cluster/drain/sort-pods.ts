import type { PlacedPod } from '../placing/placed-pod.ts';
import type { DrainOptions } from './options.ts';

export type StopReason = 'daemon-set' | 'local-data' | 'uncontrolled';

/** What a drain does with a pod. */
export type PodFate =
  | { readonly does: 'evict'; readonly pod: PlacedPod; readonly loses: readonly StopReason[] }
  | { readonly does: 'skip'; readonly pod: PlacedPod; readonly why: 'mirror' | 'daemon-set' }
  | { readonly does: 'stop'; readonly pod: PlacedPod; readonly why: readonly StopReason[] };

/**
 * As kubectl does it. `daemonSets`: whether there is such a set; a pod of one that is gone belongs to
 * nobody.
 */
export function fateOf(
  pod: PlacedPod,
  options: DrainOptions,
  hasDaemonSet: (namespace: string, name: string) => boolean = () => true,
): PodFate {
  if (pod.isMirror) return { does: 'skip', pod, why: 'mirror' };
  const { owner, isFinished } = pod;
  const ofSet = owner?.kind === 'DaemonSet' && owner.apiVersion.startsWith('apps/');
  const orphaned = ofSet && !hasDaemonSet(pod.namespace, owner.name);
  if (ofSet && !orphaned && !isFinished) {
    return options.ignoreDaemonSets
      ? { does: 'skip', pod, why: 'daemon-set' }
      : { does: 'stop', pod, why: ['daemon-set'] };
  }
  if (isFinished) return { does: 'evict', pod, loses: [] };
  const loses: StopReason[] = [];
  if (owner === null || orphaned) loses.push('uncontrolled');
  if (pod.emptyDirs.length > 0) loses.push('local-data');
  const accepted = {
    uncontrolled: options.deleteUncontrolled,
    'local-data': options.deleteLocalData,
  };
  const stops = loses.filter((one) => one === 'daemon-set' || !accepted[one]);
  return stops.length > 0 ? { does: 'stop', pod, why: stops } : { does: 'evict', pod, loses };
}
