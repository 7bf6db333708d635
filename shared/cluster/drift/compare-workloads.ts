import type { Steps } from '../census/census.ts';
import type { CensusPod } from '../census/pod.ts';
import type { CensusWorkload } from '../census/workload.ts';
import { workloadKindIds } from '../questions/workload-name.ts';
import type { Declared, DeclaredService } from './declared.ts';
import { type Drift, driftOf, type Places, type Told } from './drift-line.ts';
import type { NodeMatches } from './match-nodes.ts';
import { isOfTheCluster, serviceKey, serviceName } from './workload-names.ts';

export interface WorkloadSide {
  readonly workloads: readonly CensusWorkload[];
  readonly pods: ReadonlyMap<string, readonly CensusPod[]>;
  readonly matches: NodeMatches;
}

/** Which service of the inventory each workload is, by the key of the workload. */
export function matchServices(
  workloads: readonly CensusWorkload[],
  { services, cluster }: Pick<Declared, 'services' | 'cluster'>,
): Map<string, DeclaredService> {
  const byName = new Map<string, DeclaredService[]>();
  for (const service of services) {
    const name = service.name.toLowerCase();
    byName.set(name, [...(byName.get(name) ?? []), service]);
  }
  const found = new Map<string, DeclaredService>();
  const taken = new Set<string>();
  const namesakes = new Map<string, number>();
  for (const { name } of workloads) namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
  const take = (workload: CensusWorkload, names: readonly string[]) => {
    const own = names
      .flatMap((name) => byName.get(name.toLowerCase()) ?? [])
      .filter(({ id, namespace }) => {
        return !taken.has(id) && (namespace === null || namespace === workload.namespace);
      });
    const service = own.find(({ clusterId }) => clusterId === cluster.id) ?? own[0];
    if (service === undefined) return;
    taken.add(service.id);
    found.set(workload.key, service);
  };
  // Whole names first: a short one may mean any of several.
  for (const workload of workloads) {
    take(workload, [`${workload.namespace}/${workload.name}`, serviceName(workload)]);
  }
  for (const workload of workloads) {
    if (found.has(workload.key)) continue;
    const ofThat = byName.get(workload.name.toLowerCase()) ?? [];
    const said = ofThat.some(({ namespace }) => namespace === workload.namespace);
    if (said || namesakes.get(workload.name) === 1) take(workload, [workload.name]);
    // Another cluster has one of the same name.
    if (!found.has(workload.key)) take(workload, [`${serviceName(workload)} (${cluster.name})`]);
  }
  return found;
}

/** Workloads that are no service, services that no workload is, and the differences of the others. */
export function* compareWorkloads(
  side: WorkloadSide,
  declared: Declared,
  services: ReadonlyMap<string, DeclaredService>,
): Steps<Drift[]> {
  const lines: Drift[] = [];
  for (const workload of side.workloads) {
    const service = services.get(workload.key);
    if (service !== undefined) lines.push(...serviceDrift(workload, service, side, declared));
    else if (!isOfTheCluster(workload)) lines.push(unknownWorkload(workload, side, declared));
    yield;
  }
  const known = new Set([...services.values()].map(({ id }) => id));
  return [...lines, ...unseenServices(declared, known)];
}

type Difference = Omit<Told, 'subject'> | null;

const objectOf = ({ kind, namespace, name }: CensusWorkload) => ({
  kind: workloadKindIds[kind],
  ...{ namespace, name },
});

const placeOf = ({ cluster }: Declared, { kind, namespace, name }: CensusWorkload) =>
  `cluster/${cluster.id}/${workloadKindIds[kind]}/${namespace}/${name}`;

function unknownWorkload(workload: CensusWorkload, side: WorkloadSide, declared: Declared): Drift {
  const name = serviceName(workload);
  const pods = side.pods.get(workload.key) ?? [];
  const line = driftOf(
    'workloads',
    placeOf(declared, workload),
    {
      ...{ about: 'workload-not-declared', label: 'Service', subject: name },
      ...{ object: objectOf(workload), cluster: workload.kind },
      evidence: [
        workload.kind === 'CronJob' ? 'it runs by a schedule' : podWords(pods),
        `in the namespace ${workload.namespace}`,
      ],
      fix: `Add it as the service ${name}`,
      action: { do: 'add-service', workload: workload.key, ...placesOf(pods, side.matches) },
    },
    declared.dismissed,
  );
  // Machines tell of it as well; whoever said no there has said so here.
  return { ...line, dismissed: line.dismissed || declared.dismissed.has(serviceKey(name)) };
}

function podWords(pods: readonly CensusPod[]): string {
  const nodes = new Set(pods.map(({ node }) => node).filter((node) => node !== null));
  const count = pods.length === 1 ? '1 pod' : `${pods.length} pods`;
  if (nodes.size === 0) return count;
  return `${count} on ${nodes.size === 1 ? [...nodes][0] : `${nodes.size} nodes`}`;
}

/** What its pods are on. */
function placesOf(pods: readonly CensusPod[], { byNode }: NodeMatches): Places {
  const nodes = [...new Set(pods.flatMap(({ node }) => node ?? []))];
  return {
    places: nodes.flatMap((node) => byNode.get(node)?.deviceId ?? []).sort(),
    nodes: nodes.filter((node) => !byNode.has(node)),
  };
}

function serviceDrift(
  workload: CensusWorkload,
  service: DeclaredService,
  side: WorkloadSide,
  declared: Declared,
): Drift[] {
  const about = { subject: service.name, service: { id: service.id, name: service.name } };
  const differences = [
    clusterDifference(workload, service, declared),
    replicaDifference(workload, service),
    placeDifference(workload, service, { side, declared }),
  ].filter((difference) => difference !== null);
  return differences.map((difference) =>
    driftOf(
      'workloads',
      placeOf(declared, workload),
      { ...difference, ...about, object: objectOf(workload) },
      declared.dismissed,
    ),
  );
}

function clusterDifference(
  { namespace }: CensusWorkload,
  service: DeclaredService,
  { cluster }: Declared,
): Difference {
  if (service.clusterId !== null && service.namespace !== null) return null;
  return {
    ...{ about: 'service-cluster', label: 'Cluster', inventory: null },
    cluster: `${cluster.name}, namespace ${namespace}`,
    fix: `Say that it runs in ${cluster.name}, in the namespace ${namespace}`,
    action: {
      ...{ do: 'set-service', serviceId: service.id },
      values: { cluster: cluster.id, namespace },
    },
  };
}

function replicaDifference({ replicas }: CensusWorkload, service: DeclaredService): Difference {
  // What nobody declared is not claimed to be otherwise.
  if (replicas === null || service.replicas === null || replicas === service.replicas) return null;
  return {
    ...{ about: 'replicas', label: 'Replicas' },
    ...{ inventory: String(service.replicas), cluster: String(replicas) },
    fix: `Set its replicas to ${replicas}`,
    action: { do: 'set-service', serviceId: service.id, values: { replicas } },
  };
}

function placeDifference(
  { key, kind }: CensusWorkload,
  { id, runsOn }: DeclaredService,
  { side, declared }: { readonly side: WorkloadSide; readonly declared: Declared },
): Difference {
  // A turn of a cron job may run anywhere.
  const pods = kind === 'CronJob' ? [] : (side.pods.get(key) ?? []);
  const { places, nodes } = placesOf(pods, side.matches);
  const same = places.length === runsOn.length && places.every((one) => runsOn.includes(one));
  if (places.length === 0 || same) return null;
  const names = (ids: readonly string[]) =>
    ids
      .map((one) => declared.devices.get(one)?.name ?? 'another device')
      .sort()
      .join(', ') || null;
  return {
    ...{ about: 'places', label: 'Runs on' },
    ...{ inventory: names(runsOn), cluster: names(places) },
    fix: 'Set where it runs',
    action: { do: 'set-places', serviceId: id, places, nodes },
  };
}

function unseenServices({ services, cluster, dismissed }: Declared, known: ReadonlySet<string>) {
  return services
    .filter(({ id, clusterId }) => clusterId === cluster.id && !known.has(id))
    .map(({ id, name, namespace }) =>
      driftOf(
        'workloads',
        `cluster/${cluster.id}/service/${id}`,
        {
          ...{ about: 'service-not-seen', label: 'Workload', subject: name },
          ...{ service: { id, name }, inventory: namespace ?? 'declared', cluster: null },
          evidence: ['no workload has its name'],
          advice: 'Delete the service, or give it the name and the namespace of its workload.',
        },
        dismissed,
      ),
    );
}
