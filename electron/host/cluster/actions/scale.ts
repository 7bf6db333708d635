import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import { type Acting, type Looked, named, noteItem, partOf, shown, updateItem } from './acting.ts';

export async function lookAtScale(acting: Acting, action: ActionOf<'scale'>): Promise<Looked> {
  const { client, where, typeOf, signal } = acting;
  const { kind, namespace, name, replicas } = action;
  const type = await typeOf(kind);
  const which = { ...named(namespace, name), subresource: 'scale' };
  const scale = await client.get(type, which, { signal });
  const was = Number(partOf(scale, 'spec', 'replicas') ?? 0);
  // Its version with it: whoever scales at the same moment is not written over.
  const { resourceVersion } = scale.metadata;
  const patch = { metadata: { resourceVersion }, spec: { replicas } };
  const asked = { kind: 'merge', patch, signal } as const;
  await client.patch(type, which, { ...asked, dryRun: true });
  const what = shown(kind, namespace, name);
  const scaler = await scalerOf(client, { kind: String(type.kind), namespace, name }, signal);
  const spec = (count: number) => ({ spec: { replicas: count } });
  return {
    title: `Scale ${what} from ${was} to ${replicas}`,
    items: [
      updateItem({ where, what, before: spec(was), after: spec(replicas) }),
      ...(replicas === 0 ? [noteItem('None of its pods is left then.', 'warning')] : []),
      ...(scaler === null
        ? []
        : [
            noteItem(
              `The autoscaler ${scaler} sets this number as well, and will again.`,
              'warning',
            ),
          ]),
    ],
    undo: `Scale it back to ${was}.`,
    seen: { uid: scale.metadata.uid, was },
    async act() {
      await client.patch(type, which, asked);
      return {
        says: `${what} is scaled to ${replicas}.`,
        undo: { ...action, replicas: was },
        made: null,
      };
    },
  };
}

interface Target {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** Null: none, or they may not be read. */
async function scalerOf(
  client: KubeClient,
  { kind, namespace, name }: Target,
  signal: AbortSignal,
): Promise<string | null> {
  const scalers = {
    ...{ group: 'autoscaling', version: 'v2', resource: 'horizontalpodautoscalers' },
    ...{ kind: 'HorizontalPodAutoscaler', namespaced: true, verbs: [] },
  };
  try {
    for await (const { items } of client.list(scalers, { namespace, signal })) {
      for (const item of items) {
        const of = (key: string) => partOf(item, 'spec', 'scaleTargetRef', key);
        if (of('kind') === kind && of('name') === name) return item.metadata.name;
      }
    }
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
  }
  return null;
}
