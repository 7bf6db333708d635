import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { majorityOf } from '../../../../shared/cluster/quorum.ts';
import { readAgentToken } from '../../../../shared/cluster/upkeep/agent-token.ts';
import {
  type ClusterNode,
  membersOf,
  readClusterNode,
} from '../../../../shared/cluster/upkeep/cluster-node.ts';
import { mayLeave } from '../../../../shared/cluster/upkeep/may-leave.ts';
import { readSnapshot } from '../../../../shared/cluster/upkeep/snapshot.ts';
import type {
  UpkeepNode,
  UpkeepOverview,
} from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import { otherWork } from '../drain/cluster-work.ts';
import { readAll } from '../drain/survey.ts';
import { resources } from '../resources.ts';
import { machineOf } from './node-machines.ts';
import { noEtcd } from './snapshots/wanted-snapshot.ts';
import type { UpkeepNeeds, WorkContext } from './upkeep-needs.ts';

const mostNodes = 500;
const mostSnapshots = 200;
const mostTokens = 100;

/** How a cluster stands, by its API alone. Throws KubeError. */
export async function readOverview(
  needs: UpkeepNeeds,
  { contextId, clusterId, clusterName }: WorkContext,
  signal: AbortSignal,
): Promise<UpkeepOverview> {
  const client = needs.clientOf(contextId);
  const nodes = await readAll(client, resources.nodes, { read: readClusterNode, signal });
  const sorted = nodes.toSorted(
    (a, b) =>
      Number(b.isServer) - Number(a.isServer) ||
      a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
  const datastore = !nodes.some((node) => node.isK3s)
    ? 'no-k3s'
    : nodes.some(({ vote }) => vote !== null)
      ? 'etcd'
      : 'other';
  const [snapshots, tokens] = await Promise.all([
    datastore === 'etcd' ? snapshotsOf(client, signal) : noSnapshots(datastore),
    tokensOf(client, signal),
  ]);
  return {
    readAt: Date.now(),
    cluster: { id: clusterId, name: clusterName },
    datastore,
    nodes: sorted.slice(0, mostNodes).map((node) => shownNode(needs, { clusterId, node, nodes })),
    nodesTotal: nodes.length,
    mayFail: mayFailNow(nodes),
    ...snapshots,
    ...tokens,
    work: otherWork(needs.jobs, clusterId, null).map(({ id, title }) => ({ jobId: id, title })),
  };
}

interface Shown {
  readonly clusterId: string;
  readonly node: ClusterNode;
  readonly nodes: readonly ClusterNode[];
}

function shownNode(needs: UpkeepNeeds, { clusterId, node, nodes }: Shown): UpkeepNode {
  const machine = machineOf(needs, clusterId, node);
  const verdict = mayLeave(node, nodes);
  const { name, isServer, vote, ready, cordoned, version, architecture } = node;
  return {
    ...{ name, isServer, vote, ready, cordoned, version, architecture },
    device: machine && {
      ...{ id: machine.deviceId, name: machine.name, reached: machine.target !== null },
    },
    staysBecause: verdict.allowed ? null : verdict.says,
  };
}

function mayFailNow(nodes: readonly ClusterNode[]): number | null {
  const voters = membersOf(nodes).filter(({ vote }) => vote === 'voter');
  if (voters.length === 0) return null;
  const up = voters.filter(({ state }) => state === 'up').length;
  return Math.max(0, up - majorityOf(voters.length));
}

type Snapshots = Pick<UpkeepOverview, 'snapshots' | 'snapshotsTotal' | 'noSnapshots'>;
type Tokens = Pick<UpkeepOverview, 'tokens' | 'noTokens'>;

function noSnapshots(datastore: 'other' | 'no-k3s'): Snapshots {
  const why = datastore === 'other' ? noEtcd : 'These are no nodes of K3s.';
  return { snapshots: [], snapshotsTotal: 0, noSnapshots: why };
}

async function snapshotsOf(client: KubeClient, signal: AbortSignal): Promise<Snapshots> {
  const { all, why } = await listed(client, {
    type: resources.snapshots,
    read: readSnapshot,
    signal,
  });
  const found = all.filter((one) => one !== null).toSorted((a, b) => (b.at ?? 0) - (a.at ?? 0));
  return {
    snapshots: found.slice(0, mostSnapshots),
    snapshotsTotal: found.length,
    noSnapshots: why,
  };
}

async function tokensOf(client: KubeClient, signal: AbortSignal): Promise<Tokens> {
  const { all, why } = await listed(client, {
    ...{ type: resources.secrets, namespace: 'kube-system', read: readAgentToken, signal },
    fieldSelector: 'type=bootstrap.kubernetes.io/token',
  });
  return { tokens: all.slice(0, mostTokens), noTokens: why };
}

interface Listing<T> {
  readonly type: ResourceType;
  readonly read: (object: KubeObject) => T;
  readonly signal: AbortSignal;
  readonly namespace?: string;
  readonly fieldSelector?: string;
}

/** Least privilege works as far as it goes: what may not be read is told of. */
async function listed<T>(
  client: KubeClient,
  { type, ...asked }: Listing<T>,
): Promise<{ all: T[]; why: string | null }> {
  try {
    return { all: await readAll(client, type, asked), why: null };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    if (error.code === 'KUBE_FORBIDDEN')
      return { all: [], why: 'This user of the cluster may not read them.' };
    if (error.code === 'KUBE_NOT_FOUND')
      return { all: [], why: 'This K3s is too old to tell of them by its API.' };
    throw error;
  }
}
