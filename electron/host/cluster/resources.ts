import type { ResourceType } from '../../../shared/cluster/kube-object.ts';

/** Kinds that every cluster serves, so that nobody has to look for them first. */
function core(resource: string, kind: string, namespaced: boolean): ResourceType {
  return { group: '', version: 'v1', resource, kind, namespaced, verbs: [] };
}

function apps(resource: string, kind: string): ResourceType {
  return { group: 'apps', version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

export const resources = {
  pods: core('pods', 'Pod', true),
  nodes: core('nodes', 'Node', false),
  claims: core('persistentvolumeclaims', 'PersistentVolumeClaim', true),
  volumes: core('persistentvolumes', 'PersistentVolume', false),
  secrets: core('secrets', 'Secret', true),
  budgets: {
    ...{ group: 'policy', version: 'v1', resource: 'poddisruptionbudgets' },
    ...{ kind: 'PodDisruptionBudget', namespaced: true, verbs: [] },
  },
  deployments: apps('deployments', 'Deployment'),
  statefulSets: apps('statefulsets', 'StatefulSet'),
  daemonSets: apps('daemonsets', 'DaemonSet'),
  /** Of K3s, since 1.29. */
  snapshots: {
    ...{ group: 'k3s.cattle.io', version: 'v1', resource: 'etcdsnapshotfiles' },
    ...{ kind: 'ETCDSnapshotFile', namespaced: false, verbs: [] },
  },
} as const satisfies Record<string, ResourceType>;
