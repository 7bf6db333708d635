/**
 * Kinds in which what concerns an object of a kind is looked for, beside what it names itself and who
 * owns it. Ids, as kubectl names them.
 */
const related: Readonly<Record<string, readonly string[]>> = {
  nodes: ['pods', 'persistentvolumes'],
  namespaces: [],
  pods: ['services', 'endpointslices.discovery.k8s.io', 'nodes', 'persistentvolumes'],
  'deployments.apps': ['replicasets.apps', 'pods', 'services'],
  'statefulsets.apps': ['pods', 'services'],
  'daemonsets.apps': ['pods', 'services'],
  'replicasets.apps': ['pods'],
  'jobs.batch': ['pods'],
  'cronjobs.batch': ['jobs.batch', 'pods'],
  services: [
    'pods',
    'endpointslices.discovery.k8s.io',
    'ingresses.networking.k8s.io',
    'ingressroutes.traefik.io',
  ],
  'endpointslices.discovery.k8s.io': ['pods', 'services'],
  'ingresses.networking.k8s.io': ['services'],
  'ingressroutes.traefik.io': ['services'],
  persistentvolumeclaims: ['pods', 'persistentvolumes'],
  persistentvolumes: ['persistentvolumeclaims', 'nodes'],
  'storageclasses.storage.k8s.io': ['persistentvolumeclaims'],
  configmaps: ['pods'],
  secrets: ['pods', 'ingresses.networking.k8s.io'],
};

export function relatedKinds(kind: string): readonly string[] {
  return related[kind] ?? [];
}
