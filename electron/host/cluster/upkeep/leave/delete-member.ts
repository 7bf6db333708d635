import { z } from 'zod';
import { deleteMemberAnnotation } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import { note } from '../../../engine/phases/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import { apiProbed, isApiReady, isGone, nodeNow } from '../node-now.ts';
import { type NodeParams, nodeParams } from '../node-params.ts';
import { until } from '../until.ts';
import { guardLeave, type LeaveNeeds, usualTimes } from './leave-guard.ts';

const saved = z.object({});

/**
 * Takes a server off the list of etcd: its own controllers do it where the node is marked, and those of an
 * older K3s when the node is deleted. As long as it is on the list it counts for the majority.
 */
export function deleteMemberPhase(needs: LeaveNeeds): Phase<NodeParams, z.infer<typeof saved>> {
  const { clientOf } = needs;
  return {
    id: 'delete-member',
    params: nodeParams,
    saved,
    title: ({ node }) => `Take ${node} off the list of etcd`,
    lasting: () => 'A server that starts again joins etcd anew, as an empty member.',

    async probe({ signal }, { contextId, node: name, uid, where }) {
      const node = await nodeNow(clientOf(contextId), name, signal);
      const ran = `GET /api/v1/nodes/${name}`;
      const told = (standing: 'present' | 'absent', found: string, said: string) =>
        apiProbed({ standing, found, ran, where, said });
      if (node === null || node.uid !== uid)
        return told('present', `There is no such node ${name} any more.`, 'not found');
      if (node.vote === null || node.memberDeleted)
        return told('present', `${name} is no member of etcd any more.`, 'no member');
      return told('absent', `${name} is on the list of etcd.`, `etcd: ${node.vote}`);
    },

    plan: async (_, { node, where }) => [
      {
        ...{ kind: 'object', where, action: 'update', name: `node ${node}` },
        ...{
          before: null,
          after: `metadata:\n  annotations:\n    ${deleteMemberAnnotation}: "true"\n`,
        },
      },
      note(
        'info',
        'K3s then takes it off the list by itself. An older K3s does not know this mark: there the node is deleted, which does the same. Of two servers neither goes that way.',
      ),
    ],

    save: async () => ({}),

    async apply(context, params) {
      const verdict = await guardLeave(needs, params, context);
      const { signal, log } = context;
      const { stepMs, answerMs } = needs.leaveTimes ?? usualTimes;
      const { contextId, node: name } = params;
      const client = clientOf(contextId);
      const mark = (value: 'true' | null) => {
        const patch = { metadata: { annotations: { [deleteMemberAnnotation]: value } } };
        const send = () =>
          client.patch(resources.nodes, { name }, { kind: 'merge', patch, signal });
        return patiently(send, signal);
      };
      await mark('true');
      const isOff = async () => {
        const node = await nodeNow(client, name, signal);
        return node === null || node.memberDeleted || node.vote === null;
      };
      if (await until(isOff, { stepMs, forMs: answerMs }, signal)) {
        log(`${name} is off the list of etcd.`);
        await settled(needs, params, context);
        return;
      }
      // Whether the member goes with the node nobody tells, and without it the other has no majority.
      if (verdict?.deleteMemberFirst) {
        await mark(null);
        throw notTakenOff(name);
      }
      log(
        `This K3s does not answer to the mark: the node ${name} is deleted, which does the same.`,
      );
      await deleteNode(needs, params, context);
      await settled(needs, params, context);
    },

    undo: async () => {},
  };
}

function notTakenOff(name: string): RackhelmError {
  return new RackhelmError(
    'STEP_NOT_DONE',
    `K3s did not take ${name} off the list of etcd, so it goes on as a server.`,
    {
      hint: 'See that both servers are well, then go on: it is asked for anew. Where this K3s is too old to do so, a third server has to be there meanwhile.',
    },
  );
}

/** The others agree on a leader anew; until then the API decides nothing. Throws STEP_NOT_DONE. */
async function settled(
  { clientOf, leaveTimes = usualTimes }: LeaveNeeds,
  { contextId, node }: NodeParams,
  { signal }: Pick<PhaseContext, 'signal'>,
): Promise<void> {
  const { stepMs, goneMs: forMs } = leaveTimes;
  if (await until(() => isApiReady(clientOf(contextId), signal), { stepMs, forMs }, signal)) return;
  throw new RackhelmError(
    'STEP_NOT_DONE',
    `The API does not get ready again since ${node} is off the list of etcd.`,
    { hint: 'See that the other servers run before this one is stopped, then go on.' },
  );
}

/** Deletes the object and waits until its finalizers let it go. */
export async function deleteNode(
  { clientOf, leaveTimes = usualTimes }: LeaveNeeds,
  { contextId, node: name, uid }: NodeParams,
  { signal, log }: Pick<PhaseContext, 'signal' | 'log'>,
): Promise<void> {
  const client = clientOf(contextId);
  try {
    await patiently(() => client.delete(resources.nodes, { name }, { uid, signal }), signal);
  } catch (error) {
    if (!isGone(error)) throw error;
  }
  const { stepMs, goneMs: forMs } = leaveTimes;
  const isOver = async () => {
    const node = await nodeNow(client, name, signal);
    return node === null || node.uid !== uid;
  };
  if (await until(isOver, { stepMs, forMs }, signal)) {
    log(`The node ${name} is deleted.`);
    return;
  }
  throw new RackhelmError(
    'STEP_NOT_DONE',
    `The node ${name} is marked as deleted and does not go.`,
    {
      hint: 'One of its finalizers holds it: see that the other servers run, then go on.',
    },
  );
}
