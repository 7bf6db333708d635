import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { resources } from '../resources.ts';
import { type Acting, type Looked, named, noteItem, partOf, shown } from './acting.ts';

/** A container beside those of a pod, to look around in it. */
export async function lookAtDebug(
  { client, where, signal }: Acting,
  { namespace, name, image, target }: ActionOf<'debug'>,
): Promise<Looked> {
  const pod = await client.get(resources.pods, named(namespace, name), { signal });
  const own = freeName(pod);
  const container = {
    ...{ name: own, image, imagePullPolicy: 'IfNotPresent', stdin: true, tty: true },
    ...(target !== null && { targetContainerName: target }),
  };
  const which = { ...named(namespace, name), subresource: 'ephemeralcontainers' };
  const patch = { spec: { ephemeralContainers: [container] } };
  const asked = { kind: 'strategic', patch, signal } as const;
  await client.patch(resources.pods, which, { ...asked, dryRun: true });
  return {
    title: `Add a container to ${shown('pods', namespace, name)} to look around`,
    items: [
      {
        ...{ kind: 'object', where, action: 'create', name: `container ${own} of ${name}` },
        ...{ before: null, after: yamlText(container) },
      },
      noteItem(
        'It stays as long as the pod does: Kubernetes cannot take it away again.',
        'warning',
      ),
    ],
    undo: null,
    seen: { uid: pod.metadata.uid, own },
    async act() {
      await client.patch(resources.pods, which, asked);
      return {
        says: `The container ${own} was added to ${name}.`,
        undo: null,
        made: { kind: 'containers', namespace, name: own },
      };
    },
  };
}

/** One that no container of the pod has, the same each time until there is one. */
function freeName(pod: KubeObject): string {
  const names = new Set(
    ['containers', 'initContainers', 'ephemeralContainers'].flatMap((part) => {
      const all = partOf(pod, 'spec', part);
      return Array.isArray(all) ? all.map((each) => partOf(each, 'name')) : [];
    }),
  );
  for (let number = 1; ; number += 1) if (!names.has(`debug-${number}`)) return `debug-${number}`;
}
