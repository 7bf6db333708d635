import { formatSpan } from './age.ts';
import type { ReadContext } from './kind.ts';
import { type ClusterStatus, said, statusOf } from './status.ts';

/** After the time that it was given, so long is still no news. */
const patienceMs = 30_000;

const finalizerWords: Readonly<Record<string, string>> = {
  'kubernetes.io/pvc-protection': 'a pod still uses it',
  'kubernetes.io/pv-protection': 'a volume claim still uses it',
  foregroundDeletion: 'what belongs to it is deleted first',
  orphan: 'what belongs to it is let go first',
  'service.kubernetes.io/load-balancer-cleanup': 'its load balancer is taken down first',
  kubernetes: 'what lies in it is deleted first',
  'batch.kubernetes.io/job-tracking': 'its job has not counted it yet',
};

/** In words, of what is being deleted; null of what is not. */
export function leavingStatus({ metadata, now }: ReadContext): ClusterStatus | null {
  const { deletionTimestamp: due, deletionGracePeriodSeconds, finalizers } = metadata;
  if (due === null) return null;
  // The stamp says when it should have ended.
  const since = due - (deletionGracePeriodSeconds ?? 0) * 1000;
  const late = now - due > patienceMs;
  const held = finalizers.map(finalizerText);
  const why =
    held.length > 0
      ? `being deleted; ${held.join(', and ')}`
      : late
        ? `it should have ended ${formatSpan(now - due)} ago`
        : null;
  return statusOf(late ? 'warn' : 'busy', 'Terminating', why, since);
}

function finalizerText(finalizer: string): string {
  return finalizerWords[finalizer] ?? `held by the finalizer ${said(finalizer)}`;
}
