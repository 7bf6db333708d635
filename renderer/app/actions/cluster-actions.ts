import { IconHexagons, IconPlugConnected, IconStack2 } from '@tabler/icons-react';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

/** Where one goes often; the list at the left of the cluster has all. Its services are not ours. */
const places: readonly { readonly kind: string; readonly title: string }[] = [
  { kind: 'nodes', title: 'Nodes' },
  { kind: 'pods', title: 'Pods' },
  { kind: 'deployments.apps', title: 'Deployments' },
  { kind: 'statefulsets.apps', title: 'Stateful sets' },
  { kind: 'daemonsets.apps', title: 'Daemon sets' },
  { kind: 'jobs.batch', title: 'Jobs of the cluster' },
  { kind: 'cronjobs.batch', title: 'Cron jobs' },
  { kind: 'services', title: 'Services of the cluster' },
  { kind: 'ingresses.networking.k8s.io', title: 'Ingresses' },
  { kind: 'persistentvolumeclaims', title: 'Volume claims' },
  { kind: 'configmaps', title: 'Config maps' },
  { kind: 'secrets', title: 'Secrets of the cluster' },
  { kind: 'events', title: 'Events' },
  { kind: 'namespaces', title: 'Namespaces' },
  { kind: 'connections', title: 'Ports and terminals' },
];

/** The cluster, and what is in it. */
export function clusterActions({ router, cluster }: ActionNeeds): Action[] {
  const { contexts } = cluster;
  return [
    {
      id: 'go-cluster',
      title: 'Cluster',
      group: 'Go to',
      icon: IconHexagons,
      shortcut: '9',
      keywords: ['kubernetes', 'k3s', 'kubectl'],
      run: () => router.go({ screen: 'cluster' }),
    },
    {
      id: 'go-contexts',
      title: 'Contexts of clusters',
      group: 'Go to',
      icon: IconPlugConnected,
      keywords: ['kubeconfig', 'switch', 'kubernetes', 'test', 'forget'],
      run: () => router.go({ screen: 'cluster-contexts' }),
    },
    {
      id: 'connect-cluster',
      title: 'Connect a cluster',
      group: 'Add',
      icon: IconPlugConnected,
      keywords: ['kubeconfig', 'context', 'kubernetes', 'k3s'],
      run: () => router.go({ screen: 'cluster-contexts', adding: true }),
    },
    ...places.map(
      ({ kind, title }): Action => ({
        id: `go-cluster-${kind}`,
        title,
        group: 'Go to',
        icon: IconStack2,
        keywords: ['cluster', 'kubernetes', kind],
        status: {
          // Only where a cluster was looked at already.
          read: () => ({ enabled: contexts.last() !== null, detail: null }),
          subscribe: (changed) => contexts.list.store.subscribe(changed),
        },
        run() {
          const context = contexts.last();
          if (context !== null) router.go({ screen: 'cluster', context, kind });
        },
      }),
    ),
  ];
}
