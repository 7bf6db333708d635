import { z } from 'zod';
import { type KubeObject, objectMetadata } from '../../../../shared/cluster/kube-object.ts';
import { KubeError } from './errors.ts';
import type { Page } from './types.ts';

const someObject = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: objectMetadata.partial({ uid: true, resourceVersion: true, name: true }),
});

const listAnswer = z.looseObject({
  apiVersion: z.string().catch(''),
  kind: z.string().catch(''),
  metadata: z
    .looseObject({
      resourceVersion: z.string().catch(''),
      continue: z.string().nullish().catch(null),
      remainingItemCount: z.number().nullish().catch(null),
    })
    .catch({ resourceVersion: '', continue: null, remainingItemCount: null }),
  items: z.array(z.unknown()).nullish(),
});

/** Items of a list lack what their list says once. */
interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** An object as the rest of Rackhelm knows it. Throws KUBE_ANSWER_ODD where it is none. */
export function parseObject(value: unknown, where: string, kind?: Kind): KubeObject {
  const object = objectOrNull(value, kind);
  if (object !== null) return object;
  throw new KubeError('KUBE_ANSWER_ODD', `${where} answers with something that is no object.`);
}

/** Null where it is none: one odd object must not hide all others. */
export function objectOrNull(value: unknown, kind?: Kind): KubeObject | null {
  const parsed = someObject.safeParse(value);
  if (!parsed.success) return null;
  const {
    apiVersion = kind?.apiVersion ?? '',
    kind: own = kind?.kind ?? '',
    metadata,
  } = parsed.data;
  const { managedFields: _, name = '', uid = '', resourceVersion = '', ...rest } = metadata;
  return {
    ...parsed.data,
    apiVersion,
    kind: own,
    metadata: { ...rest, name, uid, resourceVersion },
  };
}

/** Null where it is none. */
export function parseList(value: unknown): Page | null {
  const parsed = listAnswer.safeParse(value);
  if (!parsed.success) return null;
  const { apiVersion, kind, metadata, items } = parsed.data;
  const each = { apiVersion, kind: kind.replace(/List$/, '') };
  const { resourceVersion, continue: next, remainingItemCount } = metadata;
  return {
    items: (items ?? []).map((item) => objectOrNull(item, each)).filter((item) => item !== null),
    resourceVersion,
    continue: next === undefined || next === '' ? null : next,
    remaining: remainingItemCount ?? null,
  };
}
