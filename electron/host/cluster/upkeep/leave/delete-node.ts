import { z } from 'zod';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import type { Phase } from '../../../engine/jobs/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import { apiProbed, isGone, nodeNow } from '../node-now.ts';
import { type NodeParams, nodeParams } from '../node-params.ts';
import { deleteNode } from './delete-member.ts';
import { guardLeave, type LeaveNeeds } from './leave-guard.ts';

const saved = z.object({});
const namespace = 'kube-system';

/** A node of that name is let in again only with the password that this holds a hash of. */
export const passwordOf = (node: string) => `${node}.node-password.k3s`;

/** Deletes the node from the API once K3s is stopped there: under a running agent it would not come back. */
export function deleteNodePhase(needs: LeaveNeeds): Phase<NodeParams, z.infer<typeof saved>> {
  const { clientOf } = needs;
  return {
    id: 'delete-node',
    params: nodeParams,
    saved,
    title: ({ node }) => `Delete the node ${node} from the cluster`,
    lasting: () =>
      'Labels and taints that were set by hand went with it. K3s that starts again registers it anew.',

    async probe({ signal }, { contextId, node: name, uid, where }) {
      const client = clientOf(contextId);
      const node = await nodeNow(client, name, signal);
      const isThere = node !== null && node.uid === uid;
      const password =
        node !== null && !isThere ? 'of another' : await passwordThere(client, name, signal);
      const said = `node: ${isThere ? 'there' : 'not there'}; ${passwordOf(name)}: ${password}`;
      const ran = `GET /api/v1/nodes/${name}`;
      return isThere || password === 'there'
        ? apiProbed({
            standing: isThere ? 'absent' : 'partly',
            found: isThere
              ? `The cluster knows ${name}.`
              : `The password of ${name} is still kept.`,
            ...{ ran, where, said },
          })
        : apiProbed({
            standing: 'present',
            found: `The cluster does not know ${name}.`,
            ran,
            where,
            said,
          });
    },

    plan: async (_, { node, where }) => [
      { kind: 'object', where, action: 'delete', name: `node ${node}`, before: null, after: null },
      {
        ...{ kind: 'object', where, action: 'delete', before: null, after: null },
        name: `secret ${namespace}/${passwordOf(node)}`,
      },
    ],

    save: async () => ({}),

    async apply(context, params) {
      await guardLeave(needs, params, context);
      await deleteNode(needs, params, context);
      const { signal } = context;
      const which = { namespace, name: passwordOf(params.node) };
      try {
        await patiently(
          () => clientOf(params.contextId).delete(resources.secrets, which, { signal }),
          signal,
        );
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },

    undo: async () => {},
  };
}

type Kept = 'there' | 'not there' | 'not to be read';

/** Whether the cluster keeps a password of a node of this name. */
export async function passwordThere(
  client: Pick<KubeClient, 'get'>,
  node: string,
  signal: AbortSignal,
): Promise<Kept> {
  const which = { namespace, name: passwordOf(node) };
  try {
    await patiently(() => client.get(resources.secrets, which, { signal }), signal);
    return 'there';
  } catch (error) {
    if (isGone(error)) return 'not there';
    if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return 'not to be read';
    throw error;
  }
}
