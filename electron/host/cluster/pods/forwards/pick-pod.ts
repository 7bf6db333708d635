import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import { portsOfPod, targetPodOf } from '../../../../../shared/cluster/pods/pod-target.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { selectPods } from '../selection.ts';
import { podsOf } from '../target.ts';

export interface PickedPod {
  readonly namespace: string;
  readonly name: string;
  readonly port: number;
}

export interface Wanted {
  readonly of: ObjectName;
  readonly port: number;
  /** Taken again as long as it is ready. */
  readonly before: string | null;
}

/** Who takes the next connection: who is ready, else who runs. Throws NOT_FOUND, KubeError. */
export async function pickPod(
  client: Pick<KubeClient, 'get' | 'list'>,
  { of, port, before }: Wanted,
  signal: AbortSignal,
): Promise<PickedPod> {
  // One pod is meant, ready or not; what is wrong with it is said by its node.
  if (of.kind === 'pods' && of.namespace !== null) {
    return { namespace: of.namespace, name: of.name, port };
  }
  const selection = await selectPods(client, of, signal);
  const isService = of.kind === 'services';
  const served = selection.servicePorts.find((each) => each.port === port);
  if (isService && served === undefined) {
    throw new RackhelmError('NOT_FOUND', `The service ${of.name} has no port ${port} of TCP.`, {
      hint: 'Choose one of its ports.',
    });
  }
  let picked: PickedPod | null = null;
  let running: PickedPod | null = null;
  for await (const object of podsOf(client, { of, selection, signal })) {
    const { namespace, name, ready, containers } = targetPodOf(object);
    const to = portIn(object, served?.to ?? port);
    if (to === null) continue;
    const found = { namespace, name, port: to };
    if (ready && name === before) return found;
    if (ready) picked ??= found;
    else if (containers.some(({ state }) => state === 'running')) running ??= found;
  }
  // What is not ready may be looked at to find out why.
  const best = picked ?? running;
  if (best !== null) return best;
  throw new RackhelmError('NOT_FOUND', `No pod of ${of.name} runs.`, {
    hint: 'It is tried again with the next connection.',
  });
}

/** Null: this pod has no port of that name. */
function portIn(pod: unknown, to: number | string): number | null {
  if (typeof to === 'number') return to;
  return portsOfPod(pod).find(({ name }) => name === to)?.port ?? null;
}
