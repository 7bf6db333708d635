import { z } from 'zod';
import type { Phase } from '../../../engine/jobs/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import { apiProbed, nodeNow } from '../node-now.ts';
import { type NodeParams, nodeParams } from '../node-params.ts';
import type { UpgradeNeeds } from './upgrade-needs.ts';

const saved = z.object({});

/** A node that was emptied takes pods again. */
export function uncordonPhase({
  clientOf,
}: Pick<UpgradeNeeds, 'clientOf'>): Phase<NodeParams, z.infer<typeof saved>> {
  const mark = async (
    { contextId, node: name }: NodeParams,
    unschedulable: boolean,
    signal: AbortSignal,
  ) => {
    const asked = { kind: 'strategic', patch: { spec: { unschedulable } }, signal } as const;
    const client = clientOf(contextId);
    await patiently(() => client.patch(resources.nodes, { name }, asked), signal);
  };
  return {
    id: 'uncordon',
    params: nodeParams,
    saved,
    title: ({ node }) => `Let ${node} take pods again`,
    lasting: () => null,
    async probe({ signal }, { contextId, node: name, where }) {
      const node = await nodeNow(clientOf(contextId), name, signal);
      const cordoned = node?.cordoned === true;
      return apiProbed({
        standing: cordoned ? 'absent' : 'present',
        found: cordoned ? `${name} is cordoned.` : `${name} takes new pods.`,
        ran: `GET /api/v1/nodes/${name}`,
        where,
        said: `spec.unschedulable: ${cordoned}`,
      });
    },
    plan: async (_, { node, where }) => [
      {
        ...{ kind: 'object', where, action: 'update', name: `node ${node}` },
        ...{ before: 'spec:\n  unschedulable: true\n', after: 'spec:\n  unschedulable: false\n' },
      },
    ],
    save: async () => ({}),
    apply: ({ signal }, given) => mark(given, false, signal),
    undo: ({ signal }, given) => mark(given, true, signal),
  };
}
