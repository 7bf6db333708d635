import { z } from 'zod';
import type { Phase } from '../../../engine/jobs/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import { passwordOf, passwordThere } from '../leave/delete-node.ts';
import type { LeaveNeeds } from '../leave/leave-guard.ts';
import { apiProbed, isGone } from '../node-now.ts';
import { nodeParams } from '../node-params.ts';

const params = nodeParams.pick({ contextId: true, where: true, node: true });
type Params = z.infer<typeof params>;
const saved = z.object({});
const namespace = 'kube-system';

/** The cluster forgets the password of a node, and takes the one that it shows next. */
export function forgetPasswordPhase({
  clientOf,
}: Pick<LeaveNeeds, 'clientOf'>): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'forget-password',
    params,
    saved,
    title: ({ node }) => `Forget the password of ${node}`,
    lasting: () => 'The node gives a new one as it comes back.',
    async probe({ signal }, { contextId, node, where }) {
      const kept = await passwordThere(clientOf(contextId), node, signal);
      const found = kept === 'there' ? `The cluster keeps a password of ${node}.` : 'None is kept.';
      const ran = `GET secret ${namespace}/${passwordOf(node)}`;
      return apiProbed({
        ...{ standing: kept === 'there' ? 'absent' : 'present', found, ran, where },
        said: kept,
      });
    },
    plan: async (_, { node, where }) => [
      {
        ...{ kind: 'object', where, action: 'delete', before: null, after: null },
        name: `secret ${namespace}/${passwordOf(node)}`,
      },
    ],
    save: async () => ({}),
    async apply({ signal }, { contextId, node }) {
      const which = { namespace, name: passwordOf(node) };
      try {
        await patiently(
          () => clientOf(contextId).delete(resources.secrets, which, { signal }),
          signal,
        );
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    },
    undo: async () => {},
  };
}
