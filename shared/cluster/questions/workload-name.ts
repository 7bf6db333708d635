import { workloadKeyOf } from '../census/census.ts';
import type { CensusPod } from '../census/pod.ts';
import type { WorkloadKind } from '../census/workload.ts';
import type { WorkloadName } from './answers.ts';

/** As the lists of a cluster call the kinds. */
export const workloadKindIds: Readonly<Record<WorkloadKind, string>> = {
  Deployment: 'deployments.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  CronJob: 'cronjobs.batch',
};

/** What a pod is part of; itself where nothing that has a name makes it. */
export function workloadNameOf(pod: CensusPod): WorkloadName {
  const [kind = '', place = ''] = workloadKeyOf(pod)?.split(' ') ?? [];
  const id = Object.entries(workloadKindIds).find(([name]) => name === kind)?.[1];
  if (id === undefined) return { kind: 'pods', namespace: pod.namespace, name: pod.name };
  return { kind: id, namespace: pod.namespace, name: place.slice(pod.namespace.length + 1) };
}
