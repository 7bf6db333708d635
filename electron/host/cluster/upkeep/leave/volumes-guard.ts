import {
  type NodeVolume,
  readNodeVolume,
} from '../../../../../shared/cluster/upkeep/node-volumes.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { readAll } from '../../drain/survey.ts';
import { resources } from '../../resources.ts';

/** Where K3s puts the volumes that it makes itself. */
export const storageFolder = '/var/lib/rancher/k3s/storage';

/** Volumes whose data lies on this node alone; null: this user may not read them. */
export async function volumesOn(
  client: Pick<KubeClient, 'list'>,
  node: string,
  signal: AbortSignal,
): Promise<NodeVolume[] | null> {
  const read = () => readAll(client, resources.volumes, { read: readNodeVolume, signal });
  try {
    const all = await patiently(read, signal);
    return all.flatMap((one) => (one?.nodes.includes(node) ? [one] : []));
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return null;
    throw error;
  }
}

/** What uninstalling K3s takes with it; a volume that lies elsewhere on the disk stays there. */
export function goesWithK3s({ path }: Pick<NodeVolume, 'path'>): boolean {
  return ['/var/lib/rancher/k3s/', '/var/lib/kubelet/'].some((folder) => path.startsWith(folder));
}

/** Throws CHANGED_SINCE where a volume has come that nobody was shown. */
export async function guardVolumes(
  client: Pick<KubeClient, 'list'>,
  { node, shown }: { readonly node: string; readonly shown: readonly string[] },
  signal: AbortSignal,
): Promise<void> {
  const now = (await volumesOn(client, node, signal)) ?? [];
  const fresh = now.filter(({ name }) => !shown.includes(name));
  if (fresh.length === 0) return;
  const names = fresh.map(({ name, claim }) => claim ?? name).slice(0, 5);
  throw new RackhelmError(
    'CHANGED_SINCE',
    `Volumes have come to lie on ${node} meanwhile: ${names.join(', ')}.`,
    { hint: 'Undo this, look at them, and plan it anew.' },
  );
}
