import { z } from 'zod';
import { said } from '../../../../../shared/cluster/status.ts';
import { type Lacking, readLacking } from '../../../../../shared/cluster/upkeep/lacking.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import type { Phase } from '../../../engine/jobs/index.ts';
import { note } from '../../../engine/phases/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { readAll } from '../../drain/survey.ts';
import { resources } from '../../resources.ts';
import { apiProbed, isApiReady, nodesNow } from '../node-now.ts';
import { until } from '../until.ts';
import { type UpgradeNeeds, usualUpgradeTimes } from './upgrade-needs.ts';

const params = z.object({
  contextId: z.uuid(),
  where: z.string().max(255),
  /** Nodes that answered when it was planned. */
  nodes: z.array(z.string().max(253)).max(200),
  /** Workloads that lacked pods then, with how many. */
  lacked: z.record(z.string().max(600), z.number().int()),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

/** Between two nodes: the API is ready, whoever answered answers, and no workload lacks more than before. */
export function clusterWellPhase(needs: UpgradeNeeds): Phase<Params, z.infer<typeof saved>> {
  const { clientOf } = needs;
  return {
    id: 'cluster-well',
    params,
    saved,
    title: () => 'See that the cluster is well',
    lasting: () => 'It only looks.',
    async probe({ signal }, given) {
      const troubles = await troublesOf(clientOf(given.contextId), given, signal);
      const told = troubles.slice(0, 5).join(' ');
      return apiProbed({
        standing: troubles.length === 0 ? 'present' : 'absent',
        found:
          troubles.length === 0
            ? 'The API is ready, all nodes answer, and no workload lacks more than before.'
            : told.slice(0, 1_000),
        ran: 'GET /readyz, nodes, deployments, stateful sets and daemon sets',
        where: given.where,
        said: troubles.slice(0, 50).join('\n') || 'well',
      });
    },
    plan: async () => [
      note(
        'info',
        'It is waited for. What does not become well ends the job before the next node.',
      ),
    ],
    save: async () => ({}),
    async apply({ signal, log }, given) {
      const { stepMs, wellMs: forMs } = needs.upgradeTimes ?? usualUpgradeTimes;
      const client = clientOf(given.contextId);
      let last: readonly string[] = [];
      const isWell = async () => {
        const now = await troublesOf(client, given, signal);
        if (now.join() !== last.join()) for (const one of now.slice(0, 5)) log(one);
        last = now;
        return now.length === 0;
      };
      if (await until(isWell, { stepMs, forMs }, signal)) return;
      const why = last.slice(0, 5).join(' ');
      throw new RackhelmError(
        'CLUSTER_UNWELL',
        `The cluster is not as well as before: ${why}`.slice(0, 1_000),
      );
    },
    undo: async () => {},
  };
}

async function troublesOf(
  client: KubeClient,
  { nodes, lacked }: Params,
  signal: AbortSignal,
): Promise<string[]> {
  if (!(await isApiReady(client, signal))) return ['The API is not ready.'];
  const now = await nodesNow(client, signal);
  const silent = nodes.filter((name) => now.find((one) => one.name === name)?.ready !== 'ready');
  const lacking = await lackingNow(client, signal);
  const worse = lacking.filter(({ key, count }) => count > (lacked[key] ?? 0));
  return [
    ...silent.map((name) => `${said(name)} does not answer.`),
    ...worse.map(
      ({ key, count }) => `${said(key)} lacks ${count} ${count === 1 ? 'pod' : 'pods'}.`,
    ),
  ];
}

/** Workloads that have fewer pods available than they want; those that may not be read are left out. */
export async function lackingNow(
  client: Pick<KubeClient, 'list'>,
  signal: AbortSignal,
): Promise<Lacking[]> {
  const all = await Promise.all(
    [resources.deployments, resources.statefulSets, resources.daemonSets].map(async (type) => {
      try {
        const read = (object: unknown) => readLacking(type.kind, object);
        return await patiently(() => readAll(client, type, { read, signal }), signal);
      } catch (error) {
        if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return [];
        throw error;
      }
    }),
  );
  return all.flat().filter((one) => one !== null);
}
