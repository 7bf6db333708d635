import { z } from 'zod';
import { conditionOf, conditions } from '../condition.ts';
import { rolesOf } from '../kinds/nodes.ts';
import { readMetadata } from '../metadata.ts';
import { quantities } from '../quantity.ts';
import { flag, listOf, part, text } from '../tolerant.ts';

const taint = z.object({ key: text, value: text, effect: text });
export type Taint = z.infer<typeof taint>;

const nodeParts = part({
  spec: part({ unschedulable: flag, taints: listOf(taint) }),
  status: part({
    allocatable: quantities,
    conditions,
    nodeInfo: part({ kubeletVersion: text }),
  }),
});

/** A node as far as it matters what can run there. */
export interface PlacingNode {
  readonly name: string;
  readonly uid: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly taints: readonly Taint[];
  readonly cordoned: boolean;
  /** `unknown`: its kubelet does not answer. */
  readonly ready: 'ready' | 'not-ready' | 'unknown';
  readonly allocatable: Readonly<Record<string, number>>;
  readonly kubeletVersion: string;
}

/** Never throws, whatever the object is like. */
export function readPlacingNode(object: unknown): PlacingNode {
  const { spec, status } = nodeParts.parse(object);
  const { name, uid, labels } = readMetadata(object);
  const ready = conditionOf(status.conditions, 'Ready')?.status;
  return {
    ...{ name, uid, labels, roles: rolesOf(labels), taints: spec.taints },
    cordoned: spec.unschedulable,
    ready: ready === 'True' ? 'ready' : ready === 'False' ? 'not-ready' : 'unknown',
    allocatable: status.allocatable,
    kubeletVersion: status.nodeInfo.kubeletVersion,
  };
}
