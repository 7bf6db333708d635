import { z } from 'zod';
import { conditionOf } from '../condition.ts';
import { readMetadata } from '../metadata.ts';
import { askedBy, type Pod, podSchema } from '../pods/pod.ts';
import { type LabelSelector, labelSelector } from '../selector.ts';
import { listOf, optionalPart, part, text, texts } from '../tolerant.ts';

const expression = z.object({ key: text, operator: text, values: listOf(z.string()) });
const term = part({ matchExpressions: listOf(expression), matchFields: listOf(expression) });

/** Which nodes: one of the terms has to hold. Null: any. */
export const nodeSelector = optionalPart({ nodeSelectorTerms: listOf(term) });
export type NodeTerms = z.infer<typeof nodeSelector>;
export type NodeExpression = z.infer<typeof expression>;

const toleration = z.object({ key: text, operator: text, value: text, effect: text });
export type Toleration = z.infer<typeof toleration>;

const apart = z.object({
  labelSelector,
  topologyKey: text,
  namespaces: listOf(z.string()),
});

const wishes = part({
  metadata: part({ annotations: texts }),
  spec: part({
    nodeSelector: texts,
    tolerations: listOf(toleration),
    affinity: part({
      nodeAffinity: part({ requiredDuringSchedulingIgnoredDuringExecution: nodeSelector }),
      podAntiAffinity: part({ requiredDuringSchedulingIgnoredDuringExecution: listOf(apart) }),
    }),
  }),
});

/** What a pod must not share a node (or another place) with. */
export interface Apart {
  readonly selector: LabelSelector;
  readonly topologyKey: string;
  readonly namespaces: readonly string[];
}

export interface PodOwner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
}

/** A pod as far as it matters where it runs and what is lost when it has to go. */
export interface PlacedPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  /** What makes it anew; null: nothing does. */
  readonly owner: PodOwner | null;
  /** Of a file on the node: the API only shows it. */
  readonly isMirror: boolean;
  /** Succeeded or failed: it asks for nothing any more. */
  readonly isFinished: boolean;
  readonly isReady: boolean;
  /** When it should have ended, UTC milliseconds; null: nobody told it to. */
  readonly deletedAt: number | null;
  readonly graceSeconds: number;
  readonly node: string | null;
  /** What lies in them is lost with it. `inMemory`: it never was on a disk. */
  readonly emptyDirs: readonly { readonly name: string; readonly inMemory: boolean }[];
  readonly claims: readonly string[];
  readonly asks: Readonly<Record<string, number>>;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly nodeTerms: NodeTerms;
  readonly tolerations: readonly Toleration[];
  readonly apart: readonly Apart[];
}

const defaultGraceSeconds = 30;

/** Never throws, whatever the object is like. */
export function readPlacedPod(object: unknown): PlacedPod {
  const pod = podSchema.parse(object);
  const meta = readMetadata(object);
  const { metadata, spec: wish } = wishes.parse(object);
  const { spec, status } = pod;
  const namespace = meta.namespace ?? '';
  return {
    namespace,
    name: meta.name,
    uid: meta.uid,
    labels: meta.labels,
    owner: meta.ownerReferences.find(({ controller }) => controller) ?? null,
    isMirror: Object.hasOwn(metadata.annotations, 'kubernetes.io/config.mirror'),
    isFinished: status.phase === 'Succeeded' || status.phase === 'Failed',
    isReady: conditionOf(status.conditions, 'Ready')?.status === 'True',
    deletedAt: meta.deletionTimestamp,
    graceSeconds: spec.terminationGracePeriodSeconds ?? defaultGraceSeconds,
    node: spec.nodeName,
    emptyDirs: spec.volumes.flatMap(({ name, emptyDir }) =>
      emptyDir === null ? [] : [{ name, inMemory: emptyDir.medium === 'Memory' }],
    ),
    claims: spec.volumes.flatMap(({ name, persistentVolumeClaim, ephemeral }) => {
      if (ephemeral !== null) return [`${meta.name}-${name}`];
      return persistentVolumeClaim === null ? [] : [persistentVolumeClaim.claimName];
    }),
    asks: asksOf(pod),
    nodeSelector: wish.nodeSelector,
    nodeTerms: wish.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution,
    tolerations: wish.tolerations,
    apart: wish.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution.flatMap(
      ({ labelSelector: selector, topologyKey, namespaces }) =>
        selector === null
          ? []
          : [
              {
                selector,
                topologyKey,
                namespaces: namespaces.length > 0 ? namespaces : [namespace],
              },
            ],
    ),
  };
}

function asksOf(pod: Pod): Record<string, number> {
  const all = [...pod.spec.containers, ...pod.spec.initContainers];
  const named = all.flatMap(({ resources }) => [
    ...Object.keys(resources.requests),
    ...Object.keys(resources.limits),
  ]);
  const names = new Set(['cpu', 'memory', ...named]);
  return Object.fromEntries([...names].map((name) => [name, askedBy(pod, name)]));
}
