import { z } from 'zod';
import { labelSelector } from '../selector.ts';
import { listOf, optionalPart, part, text, texts, whole } from '../tolerant.ts';

/** What a pod asks of the node that it runs on, as the scheduler reads it. */

const requirement = z.object({ key: text, operator: text, values: listOf(z.string().max(300)) });
export type NodeRequirement = z.infer<typeof requirement>;

const nodeTerm = z.object({
  matchExpressions: listOf(requirement),
  matchFields: listOf(requirement),
});

export const nodeSelector = optionalPart({ nodeSelectorTerms: listOf(nodeTerm) });
export type NodeSelector = z.infer<typeof nodeSelector>;

const podTerm = z.object({
  labelSelector,
  namespaces: listOf(z.string().max(253)),
  topologyKey: text,
});
export type PodTerm = z.infer<typeof podTerm>;

const podTerms = part({ requiredDuringSchedulingIgnoredDuringExecution: listOf(podTerm) });

const toleration = z.object({ key: text, operator: text, value: text, effect: text });
export type Toleration = z.infer<typeof toleration>;

export const taint = z.object({ key: text, value: text, effect: text });
export type Taint = z.infer<typeof taint>;

const spread = z.object({
  maxSkew: whole,
  topologyKey: text,
  whenUnsatisfiable: text,
  labelSelector,
});
export type Spread = z.infer<typeof spread>;

export const placementFields = {
  nodeSelector: texts,
  affinity: part({
    nodeAffinity: part({ requiredDuringSchedulingIgnoredDuringExecution: nodeSelector }),
    podAffinity: podTerms,
    podAntiAffinity: podTerms,
  }),
  tolerations: listOf(toleration),
  topologySpreadConstraints: listOf(spread),
};

export interface Placement {
  readonly labels: Readonly<Record<string, string>>;
  /** Null: any node. One of the terms has to fit. */
  readonly nodes: NodeSelector;
  readonly beside: readonly PodTerm[];
  readonly apart: readonly PodTerm[];
  readonly tolerations: readonly Toleration[];
  /** Only those that hold a pod back. */
  readonly spread: readonly Spread[];
}

const spec = z.object(placementFields);

export function placementOf({
  nodeSelector: labels,
  affinity,
  tolerations,
  topologySpreadConstraints,
}: z.infer<typeof spec>): Placement {
  return {
    labels,
    nodes: affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution,
    beside: affinity.podAffinity.requiredDuringSchedulingIgnoredDuringExecution,
    apart: affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution,
    tolerations,
    spread: topologySpreadConstraints.filter(
      ({ whenUnsatisfiable }) => whenUnsatisfiable !== 'ScheduleAnyway',
    ),
  };
}
