import { z } from 'zod';
import { type Condition, conditionOf, conditions } from '../condition.ts';
import { labelSelector } from '../selector.ts';
import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { listOf, optionalWhole, part, text, whole } from '../tolerant.ts';

/** What deployments, stateful sets, daemon sets and replica sets have in common. */

const container = z.object({ name: text, image: text });

export const template = part({
  spec: part({ containers: listOf(container) }),
});

export const workloadSchema = part({
  spec: part({ replicas: optionalWhole, selector: labelSelector, template }),
  status: part({
    replicas: whole,
    readyReplicas: whole,
    updatedReplicas: whole,
    availableReplicas: whole,
    currentReplicas: whole,
    observedGeneration: whole,
    conditions,
  }),
});
export type Workload = z.infer<typeof workloadSchema>;

export function imagesOf({ spec }: { readonly spec: Workload['spec'] }): string[] {
  return spec.template.spec.containers.map(({ image }) => image);
}

/** What forbids making pods: quota, a webhook, a missing account. */
export function failureOf(all: readonly Condition[]): ClusterStatus | null {
  const failure = conditionOf(all, 'ReplicaFailure');
  if (failure?.status !== 'True') return null;
  return statusOf('bad', 'Cannot make pods', createText(failure), failure.lastTransitionTime);
}

function createText({ reason, message }: Condition): string {
  const [, quota] = /exceeded quota: ([^,]+)/.exec(message) ?? [];
  if (quota !== undefined) return `the quota ${said(quota)} of its namespace is used up`;
  const [, account] = /serviceaccount "([^"]*)" not found/.exec(message) ?? [];
  if (account !== undefined) return `the service account ${said(account)} does not exist`;
  const [, webhook] = /admission webhook "([^"]*)" denied/.exec(message) ?? [];
  if (webhook !== undefined) return `the webhook ${said(webhook)} refuses them: ${said(message)}`;
  if (/violates PodSecurity/.test(message))
    return `they break the pod security of their namespace: ${said(message)}`;
  return message === '' ? spelled(reason) : said(message);
}

interface Counts {
  readonly wanted: number;
  readonly ready: number;
  readonly updated: number;
  /** Of the version before, which stand in until the new ones are ready. */
  readonly old?: number;
}

/** By how many of the wanted pods are there. */
export function countStatus({ wanted, ready, updated, old = 0 }: Counts): ClusterStatus {
  if (wanted === 0 && ready === 0) return statusOf('ended', 'Scaled to 0');
  if (wanted === 0) return statusOf('busy', 'Scaling down', `${ready} still there`);
  if (updated < wanted) {
    return statusOf(
      'busy',
      'Rolling out',
      `${updated} of ${wanted} are of the new version, ${ready} ready`,
    );
  }
  if (old > 0) return statusOf('busy', 'Rolling out', `${old} of the old version still there`);
  if (ready >= wanted) return statusOf('well', 'Ready');
  const level = ready === 0 ? 'bad' : 'warn';
  return statusOf(level, ready === 0 ? 'Down' : 'Not all ready', `${ready} of ${wanted} ready`);
}
