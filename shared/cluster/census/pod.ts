import { z } from 'zod';
import { keyOf, readMetadata } from '../metadata.ts';
import { askedBy, podSchema } from '../pods/pod.ts';
import { listOf, part, text, whole } from '../tolerant.ts';
import { type Placement, placementFields, placementOf } from './placement.ts';

const port = z.object({ hostPort: whole, protocol: text });
const container = z.object({ ports: listOf(port) });
const beside = part({ spec: part({ ...placementFields, containers: listOf(container) }) });

/** How an image fares in a container: it ran there, its node has no build of it, or nothing is known. */
export type ImageFate = 'ran' | 'wrong-architecture' | 'unknown';

export interface CensusPod {
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Who makes it again when it goes; null: nobody. */
  readonly owner: { readonly kind: string; readonly name: string } | null;
  /** Made by its kubelet from a file: it belongs to that machine. */
  readonly mirror: boolean;
  /** Null: no node was chosen. */
  readonly node: string | null;
  /** It runs no more, as it was meant to or not. */
  readonly ended: boolean;
  readonly ready: boolean;
  readonly placement: Placement;
  /** `cpu` in cores, `memory` in bytes, and whatever else it asks for. */
  readonly asks: Readonly<Record<string, number>>;
  /** `TCP/80`: taken on the node itself. */
  readonly hostPorts: readonly string[];
  readonly images: readonly { readonly image: string; readonly fate: ImageFate }[];
  /** Names of its volume claims. */
  readonly claims: readonly string[];
  /** It keeps something in directories that go with the pod, or that stay on the node. */
  readonly scratch: boolean;
  readonly hostPaths: readonly string[];
}

/** Null of what has no name. Never throws. */
export function readPod(object: unknown): CensusPod | null {
  const metadata = readMetadata(object);
  if (metadata.name === '') return null;
  const pod = podSchema.parse(object);
  const { spec } = beside.parse(object);
  const owner = metadata.ownerReferences.find(({ controller }) => controller);
  const { phase } = pod.status;
  return {
    key: keyOf(metadata),
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: metadata.labels,
    owner: owner === undefined ? null : { kind: owner.kind, name: owner.name },
    mirror: owner?.kind === 'Node',
    node: pod.spec.nodeName,
    ended: phase === 'Succeeded' || phase === 'Failed',
    ready: pod.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
    placement: placementOf(spec),
    asks: asksOf(pod),
    hostPorts: spec.containers.flatMap(({ ports }) =>
      ports
        .filter(({ hostPort }) => hostPort > 0)
        .map(({ hostPort, protocol }) => `${protocol || 'TCP'}/${hostPort}`),
    ),
    images: imagesOf(pod),
    claims: pod.spec.volumes.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName || []),
    scratch: pod.spec.volumes.some(({ emptyDir }) => emptyDir !== null && emptyDir.medium === ''),
    hostPaths: pod.spec.volumes.flatMap(({ hostPath }) => hostPath?.path || []),
  };
}

type Pod = z.infer<typeof podSchema>;

function asksOf(pod: Pod): Record<string, number> {
  const names = new Set(
    [...pod.spec.containers, ...pod.spec.initContainers].flatMap(({ resources }) => [
      ...Object.keys(resources.requests),
      ...Object.keys(resources.limits),
    ]),
  );
  const asked: [string, number][] = [];
  for (const name of names) {
    const amount = askedBy(pod, name);
    if (amount > 0) asked.push([name, amount]);
  }
  return Object.fromEntries(asked);
}

/** What runtimes say where an image has no build for the processor of the node. */
const otherProcessor =
  /exec format error|no match for platform|no matching manifest|does not match the specified platform/i;

function imagesOf({ spec, status }: Pod): CensusPod['images'] {
  const told = new Map(
    [...status.initContainerStatuses, ...status.containerStatuses].map((one) => [one.name, one]),
  );
  return [...spec.initContainers, ...spec.containers].map(({ name, image }) => {
    const { state, lastState } = told.get(name) ?? {};
    const said = [
      state?.waiting?.message,
      state?.terminated?.message,
      lastState?.terminated?.message,
    ];
    if (said.some((words) => otherProcessor.test(words ?? ''))) {
      return { image, fate: 'wrong-architecture' };
    }
    const ran = state?.running !== null && state?.running !== undefined;
    return { image, fate: ran || state?.terminated?.exitCode === 0 ? 'ran' : 'unknown' };
  });
}
