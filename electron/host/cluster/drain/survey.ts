import { setImmediate } from 'node:timers/promises';
import { type Budget, readBudget } from '../../../../shared/cluster/drain/budgets.ts';
import type { DrainSurvey } from '../../../../shared/cluster/drain/preflight.ts';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { readMetadata } from '../../../../shared/cluster/metadata.ts';
import type { VolumeTerms } from '../../../../shared/cluster/placing/place-elsewhere.ts';
import { nodeSelector, readPlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import { optionalText, part } from '../../../../shared/cluster/tolerant.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type KubeClient,
  KubeError,
  type ListOptions,
} from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';

/** Objects that are read at a stretch, so that nobody waits for it. */
const atAStretch = 100;

type Asked = Pick<ListOptions, 'fieldSelector' | 'namespace' | 'signal'>;

/** All of a kind, each as `read` has it. */
export async function readAll<T>(
  client: Pick<KubeClient, 'list'>,
  type: ResourceType,
  { read, ...asked }: Asked & { readonly read: (object: KubeObject) => T },
): Promise<T[]> {
  const all: T[] = [];
  for await (const { items } of client.list(type, asked)) {
    for (const [index, item] of items.entries()) {
      if (index % atAStretch === atAStretch - 1) await setImmediate();
      all.push(read(item));
    }
  }
  return all;
}

/** Null where this user may not read it. */
async function whereAllowed<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof KubeError && ['KUBE_FORBIDDEN', 'KUBE_NOT_FOUND'].includes(error.code)) {
      return null;
    }
    throw error;
  }
}

/** `namespace/name` of all; null: they may not be read. */
export async function daemonSetsOf(
  client: Pick<KubeClient, 'list'>,
  signal: AbortSignal,
): Promise<ReadonlySet<string> | null> {
  const read = (object: KubeObject) => keyOf(object);
  const all = await whereAllowed(readAll(client, resources.daemonSets, { read, signal }));
  return all && new Set(all);
}

/** What a cluster looks like before a node of it is drained. Throws NOT_FOUND, KubeError. */
export async function surveyOf(
  client: Pick<KubeClient, 'list'>,
  name: string,
  signal: AbortSignal,
): Promise<DrainSurvey> {
  const [nodes, pods, budgets, daemonSets, volumeTerms] = await Promise.all([
    readAll(client, resources.nodes, { read: readPlacingNode, signal }),
    readAll(client, resources.pods, { read: readPlacedPod, signal }),
    whereAllowed<Budget[]>(readAll(client, resources.budgets, { read: readBudget, signal })),
    daemonSetsOf(client, signal),
    whereAllowed(volumeTermsOf(client, signal)),
  ]);
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) throw new RackhelmError('NOT_FOUND', `There is no node ${name}.`);
  return { node, nodes, pods, budgets, daemonSets, volumeTerms };
}

const claimParts = part({ spec: part({ volumeName: optionalText }) });
const volumeParts = part({ spec: part({ nodeAffinity: part({ required: nodeSelector }) }) });

async function volumeTermsOf(
  client: Pick<KubeClient, 'list'>,
  signal: AbortSignal,
): Promise<VolumeTerms> {
  const [claims, volumes] = await Promise.all([
    readAll(client, resources.claims, {
      read: (object) => [keyOf(object), claimParts.parse(object).spec.volumeName] as const,
      signal,
    }),
    readAll(client, resources.volumes, {
      read: (object) =>
        [readMetadata(object).name, volumeParts.parse(object).spec.nodeAffinity.required] as const,
      signal,
    }),
  ]);
  const volumeOf = new Map(claims);
  const termsOf = new Map(volumes);
  return (namespace, claim) => {
    const volume = volumeOf.get(`${namespace}/${claim}`) ?? null;
    return volume === null ? null : (termsOf.get(volume) ?? null);
  };
}

function keyOf(object: KubeObject): string {
  const { namespace, name } = readMetadata(object);
  return `${namespace}/${name}`;
}

/** Selects the pods of a node. */
export function onNode(node: string): string {
  return `spec.nodeName=${node}`;
}
