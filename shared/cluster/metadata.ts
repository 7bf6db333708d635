import { z } from 'zod';
import { flag, listOf, optionalText, optionalWhole, part, text, texts, time } from './tolerant.ts';

const owner = z.object({ apiVersion: text, kind: text, name: text, uid: text, controller: flag });
export type Owner = z.infer<typeof owner>;

const shape = {
  name: text,
  namespace: optionalText,
  uid: text,
  resourceVersion: text,
  creationTimestamp: time,
  deletionTimestamp: time,
  deletionGracePeriodSeconds: optionalWhole,
  labels: texts,
  ownerReferences: listOf(owner),
  finalizers: listOf(z.string().max(300)),
};

const withMetadata = part({ metadata: part(shape) });

/** What every object says of itself, as far as it is used. */
export type Metadata = z.infer<typeof withMetadata>['metadata'];

export function readMetadata(object: unknown): Metadata {
  return withMetadata.parse(object).metadata;
}

/** Names one object of a kind; a uid may come twice, a place and a name not. */
export function keyOf({ namespace, name }: Pick<Metadata, 'namespace' | 'name'>): string {
  return namespace === null ? name : `${namespace}/${name}`;
}
