import { z } from 'zod';
import { conditionOf, conditions } from '../condition.ts';
import { rolesOf } from '../kinds/nodes.ts';
import { readMetadata } from '../metadata.ts';
import { quantities } from '../quantity.ts';
import { flag, listOf, part, text } from '../tolerant.ts';
import { type Taint, taint } from './placement.ts';

const image = z.object({ names: listOf(z.string().max(1_000)) });

const schema = part({
  spec: part({ unschedulable: flag, taints: listOf(taint) }),
  status: part({
    capacity: quantities,
    allocatable: quantities,
    conditions,
    addresses: listOf(z.object({ type: text, address: text })),
    images: listOf(image),
    nodeInfo: part({ kubeletVersion: text, architecture: text, machineID: text }),
  }),
});

export interface CensusNode {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly roles: readonly string[];
  readonly addresses: readonly string[];
  /** Empty: it does not tell. The same for the next two. */
  readonly version: string;
  /** As Go calls it: `arm64`, `amd64`. */
  readonly architecture: string;
  readonly machineId: string;
  /** Cores and bytes; null where it does not tell. */
  readonly cores: number | null;
  readonly memory: number | null;
  /** Offered to pods. */
  readonly gpus: number;
  readonly allocatable: Readonly<Record<string, number>>;
  readonly ready: boolean;
  readonly cordoned: boolean;
  readonly taints: readonly Taint[];
  /** What it told of its images: at most fifty as kubelets come, so that others may be there too. */
  readonly images: readonly string[];
}

/** Null of what has no name. Never throws. */
export function readNode(object: unknown): CensusNode | null {
  const { name, labels } = readMetadata(object);
  if (name === '') return null;
  const { spec, status } = schema.parse(object);
  const { capacity, nodeInfo } = status;
  return {
    ...{ name, labels },
    roles: rolesOf(labels),
    addresses: status.addresses
      .filter(({ type }) => type === 'InternalIP' || type === 'ExternalIP')
      .map(({ address }) => address),
    version: nodeInfo.kubeletVersion,
    architecture: nodeInfo.architecture || (labels['kubernetes.io/arch'] ?? ''),
    machineId: nodeInfo.machineID.replaceAll('-', '').toLowerCase(),
    cores: capacity.cpu ?? null,
    memory: capacity.memory ?? null,
    gpus: gpusIn(capacity),
    allocatable: status.allocatable,
    ready: conditionOf(status.conditions, 'Ready')?.status === 'True',
    cordoned: spec.unschedulable,
    taints: spec.taints,
    images: status.images.flatMap(({ names }) => names),
  };
}

/** `nvidia.com/gpu`, `amd.com/gpu`, `gpu.intel.com/i915`; parts of one are none of their own. */
const gpu = /^(nvidia\.com\/gpu|amd\.com\/gpu|gpu\.intel\.com\/(i915|xe))$/;

function gpusIn(amounts: Readonly<Record<string, number>>): number {
  return Object.entries(amounts).reduce(
    (sum, [resource, amount]) => (gpu.test(resource) ? sum + amount : sum),
    0,
  );
}
