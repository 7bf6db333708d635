/** What the list at the left shows of a kind. */
export interface NamedKind {
  readonly id: string;
  readonly title: string;
  /** Of the API: empty, `apps`, `cert-manager.io`. */
  readonly group: string;
}

export interface KindGroup<K extends NamedKind> {
  readonly title: string;
  /** Seldom wanted, and often long. */
  readonly folded: boolean;
  readonly kinds: readonly K[];
}

/** Kinds that have pods of their own. */
export const workloads: readonly string[] = [
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'replicasets.apps',
  'jobs.batch',
  'cronjobs.batch',
];

/** As a person looks for them, not as the API groups them. */
const groups: readonly { readonly title: string; readonly ids: readonly string[] }[] = [
  { title: 'Cluster', ids: ['nodes', 'namespaces', 'events'] },
  {
    title: 'Workloads',
    ids: ['pods', ...workloads],
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

/** Of Kubernetes itself; what else there is, somebody added to this cluster. */
const isOfKubernetes = ({ group }: NamedKind): boolean =>
  !group.includes('.') || group.endsWith('.k8s.io');

/** Kinds that have no place among ours come under titles of their own. */
export function groupKinds<K extends NamedKind>(kinds: readonly K[]): readonly KindGroup<K>[] {
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const placed = new Set(groups.flatMap(({ ids }) => ids));
  const ours = groups.map(({ title, ids }) => ({
    title,
    folded: false,
    kinds: ids.flatMap((id) => byId.get(id) ?? []),
  }));
  const rest = kinds.filter(({ id }) => !placed.has(id));
  const custom = rest.filter((kind) => !isOfKubernetes(kind));
  return [
    ...ours,
    { title: 'Custom resources', folded: true, kinds: custom },
    { title: 'Others', folded: true, kinds: rest.filter(isOfKubernetes) },
  ].filter((group) => group.kinds.length > 0);
}
