import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import {
  type PodTarget,
  portsOfPod,
  type TargetPod,
  type TargetPort,
  targetPodOf,
} from '../../../../shared/cluster/pods/pod-target.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { resources } from '../resources.ts';
import { type Selection, selectPods } from './selection.ts';

/** Pods that a person chooses from. */
const mostPods = 200;

/** What of an object one can reach into. Throws NOT_FOUND, KubeError. */
export async function targetOf(
  client: Pick<KubeClient, 'get' | 'list'>,
  of: ObjectName,
  signal: AbortSignal,
): Promise<PodTarget> {
  const selection = await selectPods(client, of, signal);
  const pods: TargetPod[] = [];
  const ports = new Map<string, TargetPort>();
  let more = 0;
  for await (const object of podsOf(client, { of, selection, signal })) {
    if (pods.length === mostPods) more += 1;
    else {
      pods.push(targetPodOf(object));
      for (const each of portsOfPod(object)) ports.set(`${each.container} ${each.port}`, each);
    }
  }
  pods.sort((a, b) => Number(b.ready) - Number(a.ready) || a.name.localeCompare(b.name));
  const own = selection.servicePorts.map(({ port, name }) => ({ port, name, container: null }));
  const known = of.kind === 'services' ? own : [...ports.values()];
  return { pods, more, ports: known.slice(0, 100) };
}

interface Asked {
  readonly of: ObjectName;
  readonly selection: Selection;
  readonly signal: AbortSignal;
}

/** A pod by itself is read by its name, which less may be allowed for than to list. */
export async function* podsOf(
  client: Pick<KubeClient, 'get' | 'list'>,
  { of, selection: { namespace, by }, signal }: Asked,
): AsyncGenerator<unknown, void, void> {
  if (of.kind === 'pods') {
    yield await client.get(resources.pods, { namespace, name: of.name }, { signal });
    return;
  }
  if (by === null) return;
  for await (const { items } of client.list(resources.pods, { namespace, ...by, signal })) {
    yield* items;
  }
}
