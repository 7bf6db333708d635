/** A workload with how many of its pods this machine has. */
interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly pods: number;
}

/** Kubernetes makes up the ends of names from these alone, so that no word comes about. */
const letters = 'bcdfghjklmnpqrstvwxz2456789';

/** What is put behind a workload's name to call its pods, the most telling first. */
const ends: readonly RegExp[] = [
  // Deployment: of its ReplicaSet and of the pod.
  new RegExp(`-[${letters}]{6,10}-[${letters}]{5}$`),
  // CronJob: the minute of its Job, and the pod.
  new RegExp(`-\\d{8,10}-[${letters}]{5}$`),
  // DaemonSet and Job.
  new RegExp(`-[${letters}]{5}$`),
  // StatefulSet.
  /-\d{1,4}$/,
];

/** Names of folders, `namespace_pod_id`, as the workloads that they belong to; in order of name. */
export function workloadsOf(folders: string): Workload[] {
  const found = new Map<string, Workload>();
  for (const folder of folders.split('\n')) {
    const [, namespace, pod] =
      /^([a-z0-9-]{1,63})_([a-z0-9.-]{1,253})_[a-f0-9-]+$/.exec(folder) ?? [];
    if (namespace === undefined || pod === undefined) continue;
    const name = workloadOfPod(pod);
    const key = `${namespace}/${name}`;
    found.set(key, { namespace, name, pods: (found.get(key)?.pods ?? 0) + 1 });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, workload]) => workload);
}

function workloadOfPod(pod: string): string {
  const end = ends.find((one) => one.test(pod));
  return end === undefined ? pod : pod.replace(end, '') || pod;
}
