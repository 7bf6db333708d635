import { z } from 'zod';
import { fateOf, type PodFate } from '../../../../shared/cluster/drain/sort-pods.ts';
import { readPlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import type { PlanItem, Probed } from '../../../../shared/jobs/plan.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import { resources } from '../resources.ts';
import { type DrainParams, drainParams } from './drain-params.ts';
import { emptyNode } from './empty-node.ts';
import { shown } from './evictions.ts';
import { type GuardNeeds, guard } from './guard.ts';
import { patiently } from './patiently.ts';
import { daemonSetsOf, onNode, readAll } from './survey.ts';

const saved = z.object({});

/** So many pods a plan names; it holds no more items. */
const mostItems = 100;
const mostSaid = 16_000;

/** Sends the pods of a node away by eviction, which asks their budgets. */
export function evictPodsPhase(needs: GuardNeeds): Phase<DrainParams, z.infer<typeof saved>> {
  const { clientOf } = needs;
  return {
    id: 'evict-pods',
    params: drainParams,
    saved,
    title: ({ node }) => `Evict the pods of ${node}`,
    lasting: () => 'Pods that went run elsewhere by now, and do not come back by themselves.',
    probe: ({ signal }, params) =>
      patiently(() => probe(clientOf(params.contextId), params, signal), signal),
    async plan({ signal }, params) {
      const leaving = leavingOf(await fatesNow(clientOf(params.contextId), params, signal));
      const items = leaving.slice(0, mostItems).map(
        ({ pod }): PlanItem => ({
          ...{ kind: 'object', where: params.where, action: 'delete', name: `pod ${shown(pod)}` },
          ...{ before: null, after: null },
        }),
      );
      const more = leaving.length - items.length;
      const text = `And ${more} more pods.`;
      return more > 0 ? [...items, { kind: 'note', weight: 'info', text }] : items;
    },
    save: async () => ({}),
    async apply({ jobId, signal, log, progress }, params) {
      await guard(needs, params, { jobId, signal });
      const client = clientOf(params.contextId);
      const sets = await patiently(() => daemonSetsOf(client, signal), signal);
      const { node, options } = params;
      const hasDaemonSet = hasSetOf(sets);
      const { times } = needs;
      await emptyNode({ client, node, options, hasDaemonSet, signal, log, progress, times });
    },
    undo: async () => {},
  };
}

function hasSetOf(sets: ReadonlySet<string> | null) {
  return (namespace: string, name: string) => sets === null || sets.has(`${namespace}/${name}`);
}

async function fatesNow(
  client: KubeClient,
  { node, options }: DrainParams,
  signal: AbortSignal,
): Promise<PodFate[]> {
  const query = { fieldSelector: onNode(node), read: readPlacedPod, signal };
  const [pods, sets] = await Promise.all([
    readAll(client, resources.pods, query),
    daemonSetsOf(client, signal),
  ]);
  return pods.map((pod) => fateOf(pod, options, hasSetOf(sets)));
}

/** Those that have to go, also where nobody accepted it yet. */
function leavingOf(fates: readonly PodFate[]) {
  return fates.filter(({ does }) => does !== 'skip');
}

async function probe(
  client: KubeClient,
  params: DrainParams,
  signal: AbortSignal,
): Promise<Probed> {
  const at = Date.now();
  const { node, where } = params;
  const fates = await fatesNow(client, params, signal);
  const leaving = leavingOf(fates);
  const said = fates.map(({ pod, does }) => `${shown(pod)} ${does}`).join('\n');
  const ran = `GET /api/v1/pods?fieldSelector=${onNode(node)}`;
  const evidence = {
    ...{ ran, where, as: null, at, durationMs: Date.now() - at, exit: null },
    ...{ said: said.slice(0, mostSaid), cut: said.length > mostSaid },
  };
  const stay = fates.length - leaving.length;
  const rest = stay === 0 ? '' : `; ${stay} that belong to it stay`;
  const count = `${leaving.length} ${leaving.length === 1 ? 'pod has' : 'pods have'} to go`;
  return {
    standing: leaving.length === 0 ? 'present' : 'absent',
    found:
      leaving.length === 0 ? `No pod has to go from ${node}${rest}.` : `${count} from ${node}.`,
    evidence: [evidence],
  };
}
