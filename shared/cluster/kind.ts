import type { CustomType } from './custom/custom-type.ts';
import type { Links } from './links.ts';
import type { Metadata } from './metadata.ts';
import type { Cells, ClusterColumn, ClusterRow } from './row.ts';
import type { ClusterStatus } from './status.ts';

export interface Usage {
  readonly cpu: number;
  /** Bytes. */
  readonly memory: number;
}

/** What else is known of the cluster where an object is read. */
export interface ClusterLook {
  /** Null: there is none; undefined: that kind is not held. */
  row(kind: string, namespace: string | null, name: string): ClusterRow | null | undefined;
  /** What the pods on a node ask for; undefined where pods are not held. */
  askedOn(node: string): (Usage & { readonly pods: number }) | undefined;
  /** Who stands behind a service; undefined where endpoint slices are not held. */
  endpointsOf(
    namespace: string | null,
    service: string,
  ): { readonly ready: number; readonly all: number } | undefined;
  /** Measured; undefined where nothing measures. */
  usageOf(kind: string, namespace: string | null, name: string): Usage | undefined;
}

/** Where nothing else is known. */
export const noLook: ClusterLook = {
  row: () => undefined,
  askedOn: () => undefined,
  endpointsOf: () => undefined,
  usageOf: () => undefined,
};

export interface Reading {
  readonly status: ClusterStatus;
  readonly cells: Cells;
  readonly links: Pick<Links, 'refers' | 'picks'>;
  /** The status rests on other objects or on the clock: it is read again now and then. */
  readonly unsettled: boolean;
}

export interface Filling {
  readonly cells: Cells;
  /** Instead of the one that the object has by itself. */
  readonly status?: ClusterStatus;
}

export interface ReadContext {
  readonly metadata: Metadata;
  /** UTC milliseconds. */
  readonly now: number;
  readonly look: ClusterLook;
}

/** One kind of object: what a table shows of it and what ties it to others. */
export interface ClusterKind {
  /** As kubectl names it: `pods`, `deployments.apps`. */
  readonly id: string;
  readonly group: string;
  readonly resource: string;
  /** `Pod`. */
  readonly kind: string;
  /** `Pods`, `pod`. */
  readonly title: string;
  readonly one: string;
  readonly namespaced: boolean;
  readonly columns: readonly ClusterColumn[];
  /** Of what it was made, where only the cluster knows it; a thread makes the same of it. */
  readonly custom?: CustomType;
  /** Never throws, whatever the object is like. */
  read(object: unknown, context: ReadContext): Reading;
  /** What rests on other objects and is cheap to tell, for all rows of a table. */
  fill?(row: ClusterRow, look: ClusterLook): Filling;
  /** Kinds that `look` is asked for. */
  readonly needs?: readonly string[];
}

export const noLinks: Reading['links'] = { refers: [], picks: null };
