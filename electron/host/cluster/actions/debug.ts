import type { ActionOf } from '../../../../shared/cluster/actions/action.ts';
import { yamlText } from '../../../../shared/cluster/yaml-text.ts';
import { resources } from '../resources.ts';
import { type Acting, type Looked, named, noteItem, shown } from './acting.ts';

/** A container beside those of a pod, to look around in it. */
export async function lookAtDebug(
  { client, where, signal }: Acting,
  { namespace, name, image, target }: ActionOf<'debug'>,
): Promise<Looked> {
  const pod = await client.get(resources.pods, named(namespace, name), { signal });
  const own = `debug-${Date.now().toString(36).slice(-5)}`;
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
    seen: { uid: pod.metadata.uid },
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
