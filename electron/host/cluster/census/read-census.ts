import {
  type Census,
  type CensusGap,
  emptyCensus,
  type Steps,
} from '../../../../shared/cluster/census/census.ts';
import {
  type CensusConfigMap,
  readConfigMap,
  readNamespace,
  readPolicy,
  readService,
} from '../../../../shared/cluster/census/network.ts';
import { readNode } from '../../../../shared/cluster/census/node.ts';
import { readPod } from '../../../../shared/cluster/census/pod.ts';
import { readBudget, readClaim, readVolume } from '../../../../shared/cluster/census/storage.ts';
import {
  type CensusWorkload,
  readWorkload,
  type WorkloadKind,
} from '../../../../shared/cluster/census/workload.ts';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import { inSlices } from './in-slices.ts';

type Lists = Pick<KubeClient, 'list'>;

interface Reading {
  readonly client: Lists;
  readonly signal: AbortSignal;
  readonly gaps: CensusGap[];
}

/** What every cluster serves under these names. */
function type(group: string, resource: string, kind: string, namespaced = true): ResourceType {
  return { group, version: 'v1', resource, kind, namespaced, verbs: ['list'] };
}

const workloadLists: readonly (readonly [what: string, type: ResourceType, kind: WorkloadKind])[] =
  [
    ['deployments', type('apps', 'deployments', 'Deployment'), 'Deployment'],
    ['stateful sets', type('apps', 'statefulsets', 'StatefulSet'), 'StatefulSet'],
    ['daemon sets', type('apps', 'daemonsets', 'DaemonSet'), 'DaemonSet'],
    ['cron jobs', type('batch', 'cronjobs', 'CronJob'), 'CronJob'],
  ];

/**
 * Reads a cluster once, list by list, in slices. What this user may not list, or what the cluster does
 * not have, is told as a gap; whatever else fails throws KubeError.
 */
export async function readCensus(
  client: Lists,
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => number },
): Promise<Census> {
  const reading: Reading = { client, signal, gaps: [] };
  const read = <T>(what: string, of: ResourceType, one: (object: KubeObject) => T | null) =>
    readAll(reading, what, of, one);
  const nodes = await read('nodes', type('', 'nodes', 'Node', false), readNode);
  const pods = await read('pods', type('', 'pods', 'Pod'), readPod);
  const workloads: CensusWorkload[] = [];
  for (const [what, of, kind] of workloadLists) {
    workloads.push(...(await read(what, of, (object) => readWorkload(kind, object))));
  }
  const wanted = new Set(
    workloads.flatMap(({ namespace, configMaps }) =>
      configMaps.map((name) => `${namespace}/${name}`),
    ),
  );
  return {
    ...{ ...emptyCensus, at: now(), nodes, pods, workloads, gaps: reading.gaps },
    services: await read('services', type('', 'services', 'Service'), readService),
    namespaces: await read('namespaces', type('', 'namespaces', 'Namespace', false), readNamespace),
    policies: await read(
      'network policies',
      type('networking.k8s.io', 'networkpolicies', 'NetworkPolicy'),
      readPolicy,
    ),
    configMaps: wanted.size === 0 ? [] : await readConfigMaps(read, wanted),
    claims: await read(
      'volume claims',
      type('', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
      readClaim,
    ),
    volumes: await read(
      'volumes',
      type('', 'persistentvolumes', 'PersistentVolume', false),
      readVolume,
    ),
    budgets: await read(
      'budgets',
      type('policy', 'poddisruptionbudgets', 'PodDisruptionBudget'),
      readBudget,
    ),
  };
}

/** Only those that configure a workload: others may be large, and tell of nobody. */
async function readConfigMaps(
  read: (
    what: string,
    of: ResourceType,
    one: (object: KubeObject) => CensusConfigMap | null,
  ) => Promise<CensusConfigMap[]>,
  wanted: ReadonlySet<string>,
): Promise<CensusConfigMap[]> {
  return await read('config maps', type('', 'configmaps', 'ConfigMap'), (object) => {
    const { namespace, name } = object.metadata;
    return wanted.has(`${namespace ?? ''}/${name}`) ? readConfigMap(object) : null;
  });
}

async function readAll<T>(
  { client, signal, gaps }: Reading,
  what: string,
  of: ResourceType,
  one: (object: KubeObject) => T | null,
): Promise<T[]> {
  for (let attempt = 1; ; attempt += 1) {
    const found: T[] = [];
    try {
      for await (const { items } of client.list(of, { signal })) {
        await inSlices(eachOf(items, one, found), signal);
      }
      return found;
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      // Paging took longer than the server keeps the list.
      if (error.code === 'KUBE_GONE' && attempt < mostAttempts) continue;
      if (error.code !== 'KUBE_FORBIDDEN' && error.code !== 'KUBE_NOT_FOUND') throw error;
      gaps.push({ what, why: error.message });
      return [];
    }
  }
}

const mostAttempts = 3;

function* eachOf<T>(
  items: readonly KubeObject[],
  one: (object: KubeObject) => T | null,
  found: T[],
): Steps<void> {
  for (const item of items) {
    const read = one(item);
    if (read !== null) found.push(read);
    yield;
  }
}
