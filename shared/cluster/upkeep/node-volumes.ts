import { readMetadata } from '../metadata.ts';
import { nodeSelector } from '../placing/placed-pod.ts';
import { quantities } from '../quantity.ts';
import { said } from '../status.ts';
import { optionalPart, optionalText, part, text } from '../tolerant.ts';

const place = optionalPart({ path: text });
const schema = part({
  spec: part({
    capacity: quantities,
    claimRef: optionalPart({ namespace: optionalText, name: text }),
    nodeAffinity: part({ required: nodeSelector }),
    local: place,
    hostPath: place,
  }),
});

/** A volume whose data lies on a disk of one node alone. */
export interface NodeVolume {
  readonly name: string;
  readonly nodes: readonly string[];
  readonly path: string;
  /** `namespace/name`; null: nobody has claimed it. */
  readonly claim: string | null;
  /** Bytes that were asked for; null where nobody said. */
  readonly asked: number | null;
}

/** Null of one that lies elsewhere, or on any node. Never throws. */
export function readNodeVolume(object: unknown): NodeVolume | null {
  const { name } = readMetadata(object);
  const { spec } = schema.parse(object);
  const path = spec.local?.path ?? spec.hostPath?.path;
  const nodes = (spec.nodeAffinity.required?.nodeSelectorTerms ?? [])
    .flatMap(({ matchExpressions }) => matchExpressions)
    .filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In')
    .flatMap(({ values }) => values);
  if (name === '' || path === undefined || nodes.length === 0) return null;
  const claim = spec.claimRef;
  return {
    ...{ name, nodes, path, asked: spec.capacity.storage ?? null },
    claim: claim === null ? null : `${claim.namespace ?? ''}/${claim.name}`,
  };
}

/** `shop/data (pvc-…, at /var/lib/rancher/k3s/storage/…)`. */
export function volumeText({ name, claim, path }: NodeVolume): string {
  return said(claim === null ? `${name} (at ${path})` : `${claim} (${name}, at ${path})`);
}
