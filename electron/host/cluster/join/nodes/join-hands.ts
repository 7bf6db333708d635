import { setTimeout as sleep } from 'node:timers/promises';
import { mayJoin } from '../../../../../shared/cluster/quorum.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import type { PhaseContext } from '../../../engine/jobs/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import type { JoinedCluster, JoinHands } from '../phases/join-hands.ts';
import { type ApiNode, readApiNodes } from '../survey/api-survey.ts';
import { gone, nodeOrNull } from './asked-node.ts';
import { ServerTurns } from './server-turns.ts';

interface Needs {
  readonly clientOf: (contextId: string) => KubeClient;
  /** What else is at work on this cluster and goes first; null: nothing. */
  readonly busyWith: (cluster: JoinedCluster, jobId: string) => string | null;
  /** Milliseconds. */
  readonly times?: { readonly stepMs: number; readonly patienceMs: number };
}

/** K3s writes these at the nodes of servers, and acts on the first. */
const removeMember = 'etcd.k3s.cattle.io/remove';
const removedMember = 'etcd.k3s.cattle.io/removed-node-name';

/** So long a server has for being taken out by itself; older ones do not know how. */
const removalMs = 45_000;

export function createJoinHands({
  clientOf,
  busyWith,
  times = { stepMs: 3_000, patienceMs: 15 * 60_000 },
}: Needs): JoinHands {
  const turns = new ServerTurns();
  const { stepMs, patienceMs } = times;

  /** Looks again and again, until `done` has something to say. Throws what `late` says. */
  async function until<T>(
    { signal }: PhaseContext,
    done: () => Promise<T | undefined>,
    { ms, late }: { readonly ms: number; readonly late: () => RackhelmError },
  ): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const result = await done();
      if (result !== undefined) return result;
      if (Date.now() > end) throw late();
      await sleep(stepMs, undefined, { signal });
    }
  }

  async function othersReady(context: PhaseContext, cluster: JoinedCluster): Promise<void> {
    let told = '';
    const client = clientOf(cluster.contextId);
    await until(
      context,
      async () => {
        const nodes = await patiently(() => readApiNodes(client, context.signal), context.signal);
        const servers = nodes.filter(({ isServer, name }) => isServer && name !== cluster.nodeName);
        const verdict = mayJoin(servers);
        if (verdict.allowed) return true;
        if (!servers.some(({ etcd }) => etcd === 'learner'))
          throw new RackhelmError('QUORUM_GUARDED', verdict.says);
        if (told !== verdict.says) context.log(`${verdict.says} It is waited for.`);
        told = verdict.says;
        return undefined;
      },
      { ms: patienceMs, late: () => new RackhelmError('CLUSTER_BUSY', told) },
    );
  }

  return {
    async knows({ signal }, { contextId, nodeName }) {
      const client = clientOf(contextId);
      const which = { name: `${nodeName}.node-password.k3s`, namespace: 'kube-system' };
      return await patiently(async () => {
        if ((await nodeOrNull(client, nodeName, signal)) !== null) return true;
        return (await hasSecret(client, which, signal)) === true;
      }, signal);
    },

    async turn(context, cluster) {
      const end = await turns.take(cluster.clusterId, context.signal);
      try {
        const other = busyWith(cluster, context.jobId);
        if (other !== null)
          throw new RackhelmError('CLUSTER_BUSY', `"${other}" is under way in this cluster.`);
        await othersReady(context, cluster);
        return end;
      } catch (error) {
        end();
        throw error;
      }
    },

    async voting(context, cluster) {
      const { nodeName } = cluster;
      const client = clientOf(cluster.contextId);
      await until(
        context,
        async () => {
          const node = await patiently(
            () => nodeOrNull(client, nodeName, context.signal),
            context.signal,
          );
          return node !== null && node.etcd !== 'learner' ? true : undefined;
        },
        {
          ms: patienceMs,
          late: () =>
            new RackhelmError(
              'JOIN_TIMED_OUT',
              `${nodeName} runs, and did not become a whole member of etcd.`,
            ),
        },
      );
    },

    async leave(context, { contextId, nodeName }) {
      const client = clientOf(contextId);
      const node = await patiently(
        () => nodeOrNull(client, nodeName, context.signal),
        context.signal,
      );
      if (node?.etcd == null) return;
      context.log(`Takes ${nodeName} out of etcd.`);
      await takeOut(client, node, { context, until });
    },

    async forget(context, { contextId, nodeName }) {
      const client = clientOf(contextId);
      const { signal } = context;
      const name = `${nodeName}.node-password.k3s`;
      await patiently(
        () => gone(client.delete(resources.nodes, { name: nodeName }, { signal })),
        signal,
      );
      await patiently(
        () =>
          gone(client.delete(resources.secrets, { name, namespace: 'kube-system' }, { signal })),
        signal,
      );
      context.log(`The cluster knows ${nodeName} no more.`);
    },
  };
}

type Until = <T>(
  context: PhaseContext,
  done: () => Promise<T | undefined>,
  options: { readonly ms: number; readonly late: () => RackhelmError },
) => Promise<T>;

/**
 * By the note that newer servers act on; an older one takes the member out when its Node object goes,
 * which has to be done while it runs: with two servers nobody could do it afterwards.
 */
async function takeOut(
  client: KubeClient,
  { name }: Pick<ApiNode, 'name'>,
  { context, until }: { readonly context: PhaseContext; readonly until: Until },
): Promise<void> {
  const { signal } = context;
  const annotations = { [removeMember]: 'true' };
  const patch = { kind: 'merge', patch: { metadata: { annotations } }, signal } as const;
  await patiently(() => gone(client.patch(resources.nodes, { name }, patch)), signal);
  const late = () => new RackhelmError('JOIN_TIMED_OUT', 'It was not taken out by itself.');
  try {
    await until(
      context,
      async () => {
        const object = await gone(client.get(resources.nodes, { name }, { signal }));
        if (object === undefined) return true;
        return object.metadata.annotations?.[removedMember] === undefined ? undefined : true;
      },
      { ms: removalMs, late },
    );
  } catch (error) {
    if (!(error instanceof RackhelmError) || error.code !== 'JOIN_TIMED_OUT') throw error;
    context.log('It does not take itself out: its Node object is deleted, which does.');
    await patiently(() => gone(client.delete(resources.nodes, { name }, { signal })), signal);
  }
}

/** Null: this user may not see. */
async function hasSecret(
  client: KubeClient,
  which: { readonly name: string; readonly namespace: string },
  signal: AbortSignal,
): Promise<boolean | null> {
  try {
    return (await gone(client.get(resources.secrets, which, { signal }))) !== undefined;
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return null;
    throw error;
  }
}
