import type { Revision } from '../../../../shared/cluster/actions/preview.ts';
import { template as templateSchema } from '../../../../shared/cluster/kinds/workload.ts';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { readMetadata } from '../../../../shared/cluster/metadata.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type Acting, named, partOf } from './acting.ts';

/** A version of a workload with what brings it back. */
export interface StoredRevision {
  readonly revision: number;
  readonly at: number | null;
  readonly cause: string | null;
  readonly template: Readonly<Record<string, unknown>>;
  /** Of a controller revision: the patch that it is; null: a deployment's, of which the template is it. */
  readonly patch: object | null;
}

export interface History {
  readonly workload: KubeObject;
  /** Newest first. */
  readonly stored: readonly StoredRevision[];
  readonly current: number | null;
}

const revisionKey = 'deployment.kubernetes.io/revision';
const causeKey = 'kubernetes.io/change-cause';
const mostTemplate = 100_000;
const mostRevisions = 50;

function apps(resource: string, kind: string): ResourceType {
  return { group: 'apps', version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

/** What a workload was before. Throws INVALID_INPUT for a kind that keeps none. */
export async function historyOf(
  { client, typeOf, signal }: Acting,
  { kind, namespace, name }: ObjectName,
): Promise<History> {
  if (
    namespace === null ||
    !['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'].includes(kind)
  ) {
    throw new RackhelmError(
      'INVALID_INPUT',
      'Only deployments, stateful sets and daemon sets keep what they were.',
    );
  }
  const workload = await client.get(await typeOf(kind), named(namespace, name), { signal });
  const isDeployment = kind === 'deployments.apps';
  const kept = isDeployment
    ? apps('replicasets', 'ReplicaSet')
    : apps('controllerrevisions', 'ControllerRevision');
  const stored: StoredRevision[] = [];
  for await (const { items } of client.list(kept, { namespace, signal })) {
    for (const item of items) {
      if (!isOwnedBy(item, workload)) continue;
      const one = isDeployment ? ofReplicaSet(item) : ofControllerRevision(item);
      if (one !== null) stored.push(one);
    }
  }
  stored.sort((a, b) => b.revision - a.revision);
  const marked = Number(workload.metadata.annotations?.[revisionKey]);
  const current = isDeployment ? (marked > 0 ? marked : null) : (stored[0]?.revision ?? null);
  return { workload, stored: stored.slice(0, mostRevisions), current };
}

function isOwnedBy(item: KubeObject, { metadata }: KubeObject): boolean {
  return item.metadata.ownerReferences?.some(({ uid }) => uid === metadata.uid) ?? false;
}

function ofReplicaSet(item: KubeObject): StoredRevision | null {
  const revision = Number(item.metadata.annotations?.[revisionKey]);
  const template = partOf(item, 'spec', 'template');
  if (!(revision > 0) || typeof template !== 'object' || template === null) return null;
  return { revision, ...told(item), template: withoutHash(template), patch: null };
}

function ofControllerRevision(item: KubeObject): StoredRevision | null {
  const revision = Number(partOf(item, 'revision'));
  const patch = partOf(item, 'data');
  const template = partOf(patch, 'spec', 'template');
  if (!(revision > 0) || typeof patch !== 'object' || patch === null) return null;
  if (typeof template !== 'object' || template === null) return null;
  const { $patch: _, ...shown } = template as Record<string, unknown>; // an object of JSON
  return { revision, ...told(item), template: shown, patch };
}

function told(item: KubeObject) {
  const cause = item.metadata.annotations?.[causeKey];
  return {
    at: readMetadata(item).creationTimestamp,
    cause: cause === undefined ? null : said(cause),
  };
}

/** Of the replica set alone, and not of what it was made from. */
function withoutHash(template: object): Record<string, unknown> {
  const whole = template as Record<string, unknown>; // an object of JSON
  const metadata = (partOf(whole, 'metadata') ?? {}) as Record<string, unknown>; // the same
  const labels = (partOf(metadata, 'labels') ?? {}) as Record<string, unknown>; // the same
  const { 'pod-template-hash': _, ...rest } = labels;
  return { ...whole, metadata: { ...metadata, labels: rest } };
}

export function shownRevisions({ stored, current }: History): Revision[] {
  return stored.map(({ revision, at, cause, template }) => ({
    ...{ revision, at, cause, current: revision === current },
    images: templateSchema.parse(template).spec.containers.map(({ image }) => said(image)),
    template: yamlText(template).slice(0, mostTemplate),
  }));
}
