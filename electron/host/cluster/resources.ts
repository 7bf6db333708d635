import type { ResourceType } from '../../../shared/cluster/kube-object.ts';

/** Kinds that every cluster serves, so that nobody has to look for them first. */
function core(resource: string, kind: string, namespaced: boolean): ResourceType {
  return { group: '', version: 'v1', resource, kind, namespaced, verbs: [] };
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
  daemonSets: {
    ...{ group: 'apps', version: 'v1', resource: 'daemonsets' },
    ...{ kind: 'DaemonSet', namespaced: true, verbs: [] },
  },
} as const satisfies Record<string, ResourceType>;
