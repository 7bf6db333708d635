import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { clusterKinds } from '../../../../shared/cluster/kinds/index.ts';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';
import { type Acting, type Looked, named, noteItem, partOf, shown } from './acting.ts';
import { guardNode, lossNotes } from './delete-notes.ts';

function type(group: string, resource: string, kind: string): ResourceType {
  return { group, version: 'v1', resource, kind, namespaced: true, verbs: [] };
}

/** Kinds whose objects belong to others, or hold what is lost with a namespace. */
const belonging: readonly ResourceType[] = [
  type('apps', 'deployments', 'Deployment'),
  type('apps', 'statefulsets', 'StatefulSet'),
  type('apps', 'daemonsets', 'DaemonSet'),
  type('apps', 'replicasets', 'ReplicaSet'),
  type('batch', 'cronjobs', 'CronJob'),
  type('batch', 'jobs', 'Job'),
  resources.claims,
  type('', 'services', 'Service'),
  resources.pods,
];

/** `replica set`, by the kind that an object says. */
const ones = new Map(clusterKinds.map(({ kind, one }) => [kind, one]));

/** Nothing that is listed above belongs to one of these. */
const owningNothing: ReadonlySet<string> = new Set(['pods', 'configmaps', 'secrets', 'services']);

const mostNamed = 60;

export async function lookAtDelete(acting: Acting, action: ActionOf<'delete'>): Promise<Looked> {
  const { client, where, typeOf, signal } = acting;
  const { kind, namespace, name, orphan } = action;
  const which = named(namespace, name);
  const what = shown(kind, namespace, name);
  const own = await typeOf(kind);
  const object = await client.get(own, which, { signal });
  const { uid, finalizers = [] } = object.metadata;
  const propagation = orphan ? 'Orphan' : 'Background';
  await client.delete(own, which, { uid, propagation, dryRun: true, signal });
  if (kind === 'nodes') await guardNode(acting, name);
  const inside = kind === 'namespaces' ? name : owningNothing.has(kind) ? null : namespace;
  const around = inside === null ? [] : await objectsIn(client, inside, signal);
  const going = kind === 'namespaces' ? around : ownedBy(uid, around);
  const gone = (each: KubeObject) => ({
    ...({ kind: 'object', where, action: 'delete', before: null, after: null } as const),
    name: called(each),
  });
  const more = going.length - mostNamed;
  const losses = await lossNotes(acting, kind, object);
  const volumes = await volumeNotes(client, [object, ...going], signal);
  const notes = [
    ...(object.metadata.deletionTimestamp === undefined ? [] : ['It is being deleted already.']),
    ...finalizers.map((one) => `It goes only once ${said(one)} has let go of it.`),
    ...volumes,
    ...(orphan && going.length > 0
      ? [`${going.length} that belong to it stay, owned by nobody.`]
      : []),
    ...(more > 0 && !orphan ? [`And ${more} more.`] : []),
  ];
  return {
    title: `Delete ${what}`,
    items: [
      { ...gone(object), name: what },
      ...(orphan ? [] : going.slice(0, mostNamed).map(gone)),
      ...losses,
      ...notes.slice(0, 100).map((text) => noteItem(text, 'warning')),
    ],
    undo: null,
    seen: { uid, orphan, volumes, lasting: going.filter(isLasting).map(called).sort() },
    async act() {
      await client.delete(own, which, { uid, propagation, signal });
      return { says: `${what} is being deleted.`, undo: null, made: null };
    },
  };
}

/** Pods and what is made of them come and go; that there are others by now is nothing to decide about. */
function isLasting({ kind }: KubeObject): boolean {
  return kind !== 'Pod' && kind !== 'ReplicaSet' && kind !== 'Job';
}

function called({ kind, metadata }: KubeObject): string {
  const { namespace = '', name } = metadata;
  return said(`${ones.get(kind ?? '') ?? kind} ${namespace}/${name}`);
}

/** As far as they may be read. */
async function objectsIn(
  client: KubeClient,
  namespace: string,
  signal: AbortSignal,
): Promise<KubeObject[]> {
  const lists = belonging.map(async (one) => {
    const all: KubeObject[] = [];
    try {
      for await (const { items } of client.list(one, { namespace, signal })) all.push(...items);
    } catch (error) {
      if (!(error instanceof KubeError) || error.code !== 'KUBE_FORBIDDEN') throw error;
    }
    return all;
  });
  return (await Promise.all(lists)).flat();
}

/** And what belongs to those, and so on. */
function ownedBy(uid: string, all: readonly KubeObject[]): KubeObject[] {
  const going = new Set([uid]);
  const found = new Set<KubeObject>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const each of all) {
      if (!each.metadata.ownerReferences?.some((owner) => going.has(owner.uid))) continue;
      found.add(each);
      going.add(each.metadata.uid);
    }
  }
  return [...found];
}

/** What becomes of the data behind claims. */
async function volumeNotes(
  client: KubeClient,
  going: readonly KubeObject[],
  signal: AbortSignal,
): Promise<string[]> {
  const claims = going.filter(({ kind }) => kind === 'PersistentVolumeClaim').slice(0, 20);
  return await Promise.all(
    claims.map(async (claim) => {
      const volume = String(partOf(claim, 'spec', 'volumeName') ?? '');
      const called = said(claim.metadata.name);
      if (volume === '') return `The claim ${called} has no volume yet.`;
      try {
        const found = await client.get(resources.volumes, { name: volume }, { signal });
        return partOf(found, 'spec', 'persistentVolumeReclaimPolicy') === 'Retain'
          ? `The data of the claim ${called} stays in the volume ${said(volume)}.`
          : `The data of the claim ${called} is deleted with its volume ${said(volume)}.`;
      } catch (error) {
        if (!(error instanceof KubeError)) throw error;
        return `What becomes of the data of the claim ${called} is not known.`;
      }
    }),
  );
}
