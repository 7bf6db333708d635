import type { ClusterKind } from '../kind.ts';
import { configMaps } from './config-maps.ts';
import { cronJobs } from './cron-jobs.ts';
import { customResourceDefinitions } from './custom-resource-definitions.ts';
import { daemonSets } from './daemon-sets.ts';
import { deployments } from './deployments.ts';
import { endpointSlices } from './endpoint-slices.ts';
import { events } from './events.ts';
import { ingressRoutes } from './ingress-routes.ts';
import { ingresses } from './ingresses.ts';
import { jobs } from './jobs.ts';
import { namespaces } from './namespaces.ts';
import { nodes } from './nodes.ts';
import { pods } from './pods.ts';
import { replicaSets } from './replica-sets.ts';
import { secrets } from './secrets.ts';
import { services } from './services.ts';
import { statefulSets } from './stateful-sets.ts';
import { storageClasses } from './storage-classes.ts';
import { volumeClaims } from './volume-claims.ts';
import { volumes } from './volumes.ts';

/** The kinds that we have words for, in the order in which they are offered. */
export const clusterKinds: readonly ClusterKind[] = [
  nodes,
  namespaces,
  pods,
  deployments,
  statefulSets,
  daemonSets,
  replicaSets,
  jobs,
  cronJobs,
  services,
  endpointSlices,
  ingresses,
  ingressRoutes,
  volumeClaims,
  volumes,
  storageClasses,
  configMaps,
  secrets,
  events,
  customResourceDefinitions,
];

const byId = new Map(clusterKinds.map((kind) => [kind.id, kind]));

export function clusterKind(id: string): ClusterKind | undefined {
  return byId.get(id);
}
