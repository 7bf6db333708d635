/** What the list at the left shows of a kind. */
export interface NamedKind {
  readonly id: string;
  readonly title: string;
  readonly custom: boolean;
}

export interface KindGroup<K extends NamedKind> {
  readonly title: string;
  readonly kinds: readonly K[];
}

/** As a person looks for them, not as the API groups them. */
const groups: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: 'Cluster', ids: ['nodes', 'namespaces', 'events'] },
  {
    title: 'Workloads',
    ids: [
      'pods',
      'deployments.apps',
      'statefulsets.apps',
      'daemonsets.apps',
      'replicasets.apps',
      'jobs.batch',
      'cronjobs.batch',
    ],
  },
  {
    title: 'Network',
    ids: [
      'services',
      'ingresses.networking.k8s.io',
      'ingressroutes.traefik.io',
      'endpointslices.discovery.k8s.io',
    ],
  },
  {
    title: 'Volumes',
    ids: ['persistentvolumeclaims', 'persistentvolumes', 'storageclasses.storage.k8s.io'],
  },
  { title: 'Config', ids: ['configmaps', 'secrets'] },
];

/** What is opened first. */
export const firstKind = 'pods';

/** Kinds that have no place among ours: those of the cluster itself come under their own title. */
export function groupKinds<K extends NamedKind>(kinds: readonly K[]): readonly KindGroup<K>[] {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const placed = new Set(groups.flatMap(({ ids }) => ids));
  const ours = groups.map(({ title, ids }) => ({
    title,
    kinds: ids.flatMap((id) => byId.get(id) ?? []),
  }));
  const rest = kinds.filter(({ id }) => !placed.has(id));
  return [...ours, { title: othersTitle, kinds: rest }].filter((group) => group.kinds.length > 0);
}

/** Long, and seldom wanted: folded. */
export const othersTitle = 'Custom resources and others';
