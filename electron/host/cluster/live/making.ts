import { customKind } from '../../../../shared/cluster/custom/custom-kind.ts';
import type { CustomType } from '../../../../shared/cluster/custom/custom-type.ts';
import { type ClusterKind, noLook } from '../../../../shared/cluster/kind.ts';
import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type ReadEntry, readEntry } from './entry.ts';

/** A kind in what can be sent to a thread. */
export type KindSpec = { readonly id: string } | CustomType;

export function specOf({ id, custom }: ClusterKind): KindSpec {
  return custom ?? { id };
}

export function kindOf(spec: KindSpec): ClusterKind {
  if (!('id' in spec)) return customKind(spec);
  const kind = clusterKind(spec.id);
  if (kind === undefined) throw new RackhelmError('NOT_FOUND', `There is no kind ${spec.id}.`);
  return kind;
}

/** Entries that know of no other object. */
export function making(kind: ClusterKind): (object: KubeObject) => ReadEntry | null {
  return (object) => readEntry(object, { kind, look: noLook, now: Date.now() });
}
