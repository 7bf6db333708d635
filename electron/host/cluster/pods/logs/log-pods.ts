import { setTimeout as pause } from 'node:timers/promises';
import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import { type TargetPod, targetPodOf } from '../../../../../shared/cluster/pods/pod-target.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import type { WatchSources } from '../../../log-following/index.ts';
import { resources } from '../../resources.ts';
import { refusal } from '../refusal.ts';
import { selectPods } from '../selection.ts';

export interface WatchedPods extends WatchSources {
  readonly client: Pick<KubeClient, 'get' | 'list' | 'follow'>;
  readonly of: ObjectName;
}

const againMs = 1_000;

const mayList = (namespace: string) => ({
  ...{ what: 'see pods', resource: 'pods', verbs: 'get, list and watch', namespace },
});

/** The pods whose logs are read, as they come and go, until the signal. Throws NOT_FOUND, KubeError. */
export async function watchPods(watched: WatchedPods): Promise<void> {
  const { signal } = watched;
  let goesOn = (await watchOnce(watched)) === 'again';
  while (goesOn && !signal.aborted) {
    await pause(againMs, undefined, { signal }).catch(() => {});
    // What is away now may come back; a context that was forgotten does not.
    goesOn = await watchOnce(watched).then(
      (how) => how === 'again',
      (error: unknown) => !(error instanceof RackhelmError && error.code === 'NOT_FOUND'),
    );
  }
}

/** `again`: the client was closed, and the context has another one by now. */
async function watchOnce({
  client,
  of,
  signal,
  onChange,
}: WatchedPods): Promise<'again' | undefined> {
  const { namespace, by } = await selectPods(client, of, signal);
  const pods = new Map<string, TargetPod>();
  if (by === null) return void onChange(pods);
  const earlier = new Set<string>();
  let whole = false;
  for await (const event of client.follow(resources.pods, { namespace, ...by, signal })) {
    if (event.type === 'trouble' && !whole && event.error.code === 'KUBE_FORBIDDEN') {
      return void onChange(await alone({ client, of, signal }, event.error, namespace));
    }
    if (event.type === 'trouble' && event.error.code === 'KUBE_CANCELLED') return 'again';
    if (event.type === 'page') {
      if (event.first) for (const name of pods.keys()) earlier.add(name);
      for (const object of event.items) {
        earlier.delete(object.metadata.name);
        pods.set(object.metadata.name, targetPodOf(object));
      }
    } else if (event.type === 'listed') {
      for (const name of earlier) pods.delete(name);
      earlier.clear();
      whole = true;
    } else if (event.type === 'put') {
      pods.set(event.object.metadata.name, targetPodOf(event.object));
    } else if (event.type === 'delete') pods.delete(event.object.metadata.name);
    if (whole && event.type !== 'trouble') onChange(pods);
  }
  return undefined;
}

/** Who may read a pod and not list them sees it as it stands now. */
async function alone(
  { client, of, signal }: Pick<WatchedPods, 'client' | 'of' | 'signal'>,
  error: KubeError,
  namespace: string,
): Promise<ReadonlyMap<string, TargetPod>> {
  if (of.kind !== 'pods') throw refusal(error, mayList(namespace));
  try {
    const { name } = of;
    const pod = await client.get(resources.pods, { namespace, name }, { signal });
    return new Map([[name, targetPodOf(pod)]]);
  } catch (thrown) {
    throw thrown instanceof KubeError ? refusal(thrown, mayList(namespace)) : thrown;
  }
}
