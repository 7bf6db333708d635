import { usualDrain } from '../../shared/cluster/drain/options.ts';
import {
  type Cluster,
  deployment,
  disruptionBudget,
  startCluster,
  until,
  whyNoCluster,
} from '../cluster/index.ts';
import { type BuiltHost, builtHost } from './cluster-host.ts';
import { type BenchResult, compared, timingOf } from './result.ts';

/** As many as a small board runs, and as many as any node may. */
const [few, many] = [20, 100];
/** Of both in turns, each as often first as second. */
const rounds = 4;
const nodes = ['node-1', 'node-2'] as const;
/** A node that is not heard for a while makes its pods count as not ready, and kwok leaves them so. */
const nodeGraceSeconds = 3_600;

type Drains = (node: string) => Promise<number>;

/**
 * Draining a node of a real Kubernetes by a job, beside kubectl: the same pods, with the time that they
 * ask for themselves, go from one node to the other and back. Its pods are kwok's, which end at once,
 * so that what is measured is what the two add. Where no Kubernetes is at hand, nothing is.
 */
export async function run(): Promise<BenchResult[]> {
  const missing = whyNoCluster({ nodes: nodes.length });
  if (missing !== null) {
    process.stderr.write(`  not measured: ${missing}.\n`);
    return [];
  }
  await using cluster = await startCluster({ nodes: nodes.length, nodeGraceSeconds });
  const host = await builtHost(cluster.adminKubeconfig);
  try {
    await cluster.kubectl(['cordon', nodes[1]]);
    const bed = { cluster, own: byJob(host), other: byKubectl(cluster) };
    await cluster.apply([web(few)]);
    const results = [await measured(bed, few, `drain of ${few} pods`)];
    await cluster.apply([disruptionBudget('web', 'default', (few * 3) / 4)]);
    results.push(await measured(bed, few, '… whose budget lets a quarter go at a time'));
    await cluster.kubectl(['delete', 'poddisruptionbudget', 'web']);
    await cluster.apply([web(many)]);
    results.push(await measured(bed, many, `drain of ${many} pods`));
    return results;
  } finally {
    await host.close();
  }
}

const web = (replicas: number) => deployment('web', { namespace: 'default', replicas });

interface Bed {
  readonly cluster: Cluster;
  readonly own: Drains;
  readonly other: Drains;
}

async function measured(bed: Bed, pods: number, name: string): Promise<BenchResult> {
  const ownMs: number[] = [];
  const otherMs: number[] = [];
  const there = (drain: Drains) => awayFrom(bed.cluster, pods, drain);
  for (let round = -1; round < rounds; round += 1) {
    const both = [
      async () => ownMs.push(await there(bed.own)),
      async () => otherMs.push(await there(bed.other)),
    ];
    for (const one of round % 2 === 0 ? both : both.reverse()) await one();
    // The first of each has nothing compiled and no connection yet.
    if (round < 0) ownMs.length = otherMs.length = 0;
  }
  const ratios = timingOf(ownMs.map((ms, at) => ms / (otherMs[at] ?? Number.NaN)));
  const times = { subject: timingOf(ownMs), baseline: timingOf(otherMs) };
  const goal = { target: '≤ 1.1×', baselineName: 'kubectl drain', pass: () => true };
  // Of the pairs, so that whatever else the machine does meets both alike.
  const ratio = ratios.medianMs;
  return { ...compared(name, times, goal), ratio, pass: ratio <= 1.1 };
}

/** Milliseconds of a drain of the node that has all pods, while the other one takes them. */
async function awayFrom(cluster: Cluster, pods: number, drain: Drains): Promise<number> {
  const node = await nodeOfAll(cluster, pods);
  // Not sooner, or what still comes up would come up on either.
  for (const each of nodes) await cluster.kubectl(['uncordon', each]);
  return await drain(node);
}

interface Pod {
  readonly spec: { readonly nodeName?: string };
  readonly status: { readonly conditions?: readonly { type: string; status: string }[] };
}

/** Once all are ready, on one of them. */
async function nodeOfAll({ api }: Cluster, pods: number): Promise<string> {
  let found: string | undefined;
  const isReady = ({ status }: Pod) =>
    status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
  await until(
    `${pods} pods are ready on one node`,
    async () => {
      const { items } = await api.must('GET', '/api/v1/namespaces/default/pods');
      const all = items as Pod[]; // it lists pods
      const on = new Set(all.map(({ spec }) => spec.nodeName));
      [found] = on;
      return all.length === pods && on.size === 1 && all.every(isReady);
    },
    { timeoutMs: 60_000 },
  );
  return found ?? '';
}

const byKubectl =
  (cluster: Cluster): Drains =>
  async (node) => {
    const from = performance.now();
    await cluster.kubectl(['drain', node, '--ignore-daemonsets', '--timeout=50s']);
    return performance.now() - from;
  };

/** What a person looks at before is not counted, as kubectl shows nothing. */
const byJob =
  ({ client, contextId }: BuiltHost): Drains =>
  async (node) => {
    const asked = { contextId, node, options: usualDrain };
    const { hash } = await client.cluster.drain.preview(asked);
    const from = performance.now();
    const { jobId } = await client.cluster.drain.run({ ...asked, hash });
    for await (const _event of await client.jobs.follow({ id: jobId })) {
      // Until it has ended.
    }
    const took = performance.now() - from;
    const { state } = await client.jobs.get({ id: jobId });
    if (state.state !== 'done') throw new Error(`The drain ended as ${JSON.stringify(state)}.`);
    return took;
  };
