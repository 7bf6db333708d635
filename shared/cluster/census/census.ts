import type { CensusConfigMap, CensusNamespace, CensusPolicy, CensusService } from './network.ts';
import type { CensusNode } from './node.ts';
import type { CensusPod } from './pod.ts';
import type { CensusBudget, CensusClaim, CensusVolume } from './storage.ts';
import type { CensusWorkload, WorkloadKind } from './workload.ts';

/** What of a cluster could not be read, and why: what rests on it is not known. */
export interface CensusGap {
  /** `network policies`. */
  readonly what: string;
  readonly why: string;
}

/** A cluster at one moment, as far as drift and the questions look at it. */
export interface Census {
  /** UTC milliseconds. */
  readonly at: number;
  readonly nodes: readonly CensusNode[];
  readonly pods: readonly CensusPod[];
  readonly workloads: readonly CensusWorkload[];
  readonly services: readonly CensusService[];
  readonly namespaces: readonly CensusNamespace[];
  readonly policies: readonly CensusPolicy[];
  readonly configMaps: readonly CensusConfigMap[];
  readonly claims: readonly CensusClaim[];
  readonly volumes: readonly CensusVolume[];
  readonly budgets: readonly CensusBudget[];
  readonly gaps: readonly CensusGap[];
}

export const emptyCensus: Census = {
  at: 0,
  ...{ nodes: [], pods: [], workloads: [], services: [], namespaces: [], policies: [] },
  ...{ configMaps: [], claims: [], volumes: [], budgets: [], gaps: [] },
};

/** Work that can be put down between any two steps, so that others have their turn. */
export type Steps<T> = Generator<void, T, void>;

/** At one go. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The pods that run or shall run, by the key of their workload; those of none are left out. */
export function podsByWorkload({
  pods,
  workloads,
}: Pick<Census, 'pods' | 'workloads'>): Map<string, CensusPod[]> {
  const byKey = new Map<string, CensusPod[]>(workloads.map(({ key }) => [key, []]));
  for (const pod of pods) {
    if (pod.ended) continue;
    const key = workloadKeyOf(pod);
    if (key !== null) byKey.get(key)?.push(pod);
  }
  return byKey;
}

/**
 * Through the one between them: a replica set is called like its deployment with the hash of its
 * template behind, and a job like its cron job with the minute.
 */
export function workloadKeyOf({
  owner,
  namespace,
  labels,
}: Pick<CensusPod, 'owner' | 'namespace' | 'labels'>): string | null {
  if (owner === null) return null;
  const key = (kind: WorkloadKind, name: string) => `${kind} ${namespace}/${name}`;
  switch (owner.kind) {
    case 'ReplicaSet': {
      const hash = labels['pod-template-hash'] ?? '';
      const isHashed = hash !== '' && owner.name.endsWith(`-${hash}`);
      return isHashed ? key('Deployment', owner.name.slice(0, -hash.length - 1)) : null;
    }
    case 'Job':
      return /-\d{7,11}$/.test(owner.name) ? key('CronJob', owner.name.replace(/-\d+$/, '')) : null;
    case 'StatefulSet':
    case 'DaemonSet':
      return key(owner.kind, owner.name);
    default:
      return null;
  }
}
