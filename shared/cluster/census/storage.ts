import { keyOf, readMetadata } from '../metadata.ts';
import { type LabelSelector, labelSelector } from '../selector.ts';
import { optionalPart, optionalText, part, text, whole } from '../tolerant.ts';
import { type NodeSelector, nodeSelector } from './placement.ts';

export interface CensusClaim {
  readonly key: string;
  /** Null: it has none yet. */
  readonly volume: string | null;
}

const claim = part({ spec: part({ volumeName: optionalText }) });

export function readClaim(object: unknown): CensusClaim | null {
  const metadata = readMetadata(object);
  if (metadata.name === '') return null;
  return { key: keyOf(metadata), volume: claim.parse(object).spec.volumeName };
}

export interface CensusVolume {
  readonly name: string;
  /** Nodes on which it can be used; null: any. */
  readonly nodes: NodeSelector;
}

const path = optionalPart({ path: text });
const volume = part({
  spec: part({ nodeAffinity: part({ required: nodeSelector }), hostPath: path }),
});

export function readVolume(object: unknown): CensusVolume | null {
  const { name } = readMetadata(object);
  if (name === '') return null;
  return { name, nodes: volume.parse(object).spec.nodeAffinity.required };
}

export interface CensusBudget {
  readonly namespace: string;
  readonly name: string;
  readonly picks: LabelSelector | null;
  /** How many pods may be away beyond those that are. */
  readonly allows: number;
}

const budget = part({
  spec: part({ selector: labelSelector }),
  status: part({ disruptionsAllowed: whole }),
});

export function readBudget(object: unknown): CensusBudget | null {
  const { name, namespace } = readMetadata(object);
  if (name === '') return null;
  const { spec, status } = budget.parse(object);
  return {
    ...{ name, namespace: namespace ?? '', picks: spec.selector },
    allows: status.disruptionsAllowed,
  };
}
