import { z } from 'zod';

const texts = z.record(z.string(), z.string());

/** What all objects of Kubernetes have in common, as far as Rackhelm reads it. */
export const objectMetadata = z.looseObject({
  name: z.string(),
  namespace: z.string().optional(),
  uid: z.string(),
  resourceVersion: z.string(),
  generation: z.number().optional(),
  /** RFC 3339, in UTC. */
  creationTimestamp: z.string().nullish(),
  deletionTimestamp: z.string().optional(),
  deletionGracePeriodSeconds: z.number().optional(),
  labels: texts.optional(),
  annotations: texts.optional(),
  finalizers: z.array(z.string()).optional(),
  ownerReferences: z
    .array(
      z.looseObject({
        apiVersion: z.string(),
        kind: z.string(),
        name: z.string(),
        uid: z.string(),
        controller: z.boolean().optional(),
      }),
    )
    .optional(),
});

/** An object as the API gives it, without `managedFields`. Parts of it are parsed where they are read. */
export type KubeObject = {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<z.infer<typeof objectMetadata>>;
  readonly [field: string]: unknown;
};

/** A kind of object that a cluster serves, by discovery. */
export interface ResourceType {
  /** Empty: the core group. */
  readonly group: string;
  readonly version: string;
  /** In the plural, as in paths: `pods`. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** What may be done with it at all, by whoever may: `list`, `watch`, `patch`, … */
  readonly verbs: readonly string[];
  /** `scale`, `log`, `eviction`, … */
  readonly subresources?: readonly string[];
  readonly shortNames?: readonly string[];
}
