import { z } from 'zod';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import type { Probed } from '../../../../shared/jobs/plan.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import { resources } from '../resources.ts';
import { type DrainParams, drainParams } from './drain-params.ts';
import { type GuardNeeds, guard } from './guard.ts';
import { patiently } from './patiently.ts';

const saved = z.object({});

/** Nothing new is put on the node. Undo lets it take pods again; one that was cordoned before stays so. */
export function cordonPhase(needs: GuardNeeds): Phase<DrainParams, z.infer<typeof saved>> {
  const { clientOf } = needs;
  return {
    id: 'cordon',
    params: drainParams,
    saved,
    title: ({ node }) => `Cordon ${node}`,
    lasting: () => null,
    probe: ({ signal }, params) =>
      patiently(() => probe(clientOf(params.contextId), params, signal), signal),
    plan: async (_, { node, where }) => [
      {
        ...{ kind: 'object', where, action: 'update', name: `node ${node}` },
        ...{ before: 'spec:\n  unschedulable: false\n', after: 'spec:\n  unschedulable: true\n' },
      },
    ],
    save: async () => ({}),
    async apply({ jobId, signal, log }, params) {
      await guard(needs, params, { jobId, signal });
      await mark(clientOf(params.contextId), { ...params, cordoned: true, signal });
      log(`${params.node} takes no new pods.`);
    },
    async undo({ signal, log }, params) {
      await mark(clientOf(params.contextId), { ...params, cordoned: false, signal });
      log(`${params.node} takes pods again.`);
    },
  };
}

interface Mark extends DrainParams {
  readonly cordoned: boolean;
  readonly signal: AbortSignal;
}

async function mark(client: KubeClient, { node, cordoned, signal }: Mark): Promise<void> {
  const patch = { spec: { unschedulable: cordoned } };
  const asked = { kind: 'strategic', patch, signal } as const;
  await patiently(() => client.patch(resources.nodes, { name: node }, asked), signal);
}

async function probe(
  client: KubeClient,
  { node: name, uid, where }: DrainParams,
  signal: AbortSignal,
): Promise<Probed> {
  const at = Date.now();
  const answered = (standing: Probed['standing'], found: string, said: string): Probed => ({
    ...{ standing, found },
    evidence: [
      {
        ...{ ran: `GET /api/v1/nodes/${name}`, where, as: null, at, durationMs: Date.now() - at },
        ...{ said, cut: false, exit: null },
      },
    ],
  });
  try {
    const node = readPlacingNode(await client.get(resources.nodes, { name }, { signal }));
    const said = `spec.unschedulable: ${node.cordoned}`;
    if (node.uid !== uid) {
      return answered('unknown', `${name} is another node than the one that was shown.`, said);
    }
    return node.cordoned
      ? answered('present', `${name} is cordoned.`, said)
      : answered('absent', `${name} takes new pods.`, said);
  } catch (error) {
    if (!(error instanceof KubeError) || error.code !== 'KUBE_NOT_FOUND') throw error;
    return answered('absent', `There is no node ${name} any more.`, error.message);
  }
}
