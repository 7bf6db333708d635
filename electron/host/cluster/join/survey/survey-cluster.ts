import { createHash } from 'node:crypto';
import type { JoinCluster } from '../../../../../shared/cluster/join/join-cluster.ts';
import {
  type GivenFlags,
  otherFlagsOf,
  sharedOfFlags,
  storeOf,
} from '../../../../../shared/cluster/join/node-args.ts';
import { type SharedSettings, sharedSettings } from '../../../../../shared/cluster/k3s-settings.ts';
import { said } from '../../../../../shared/cluster/status.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { kindOf } from '../../../../../shared/model/kinds/index.ts';
import { contextOfCluster, type JoinAsking, type JoinReach, onServer } from '../join-needs.ts';
import { isServerRole } from '../server-roles.ts';
import { type ApiNode, readApiNodes, readPasswordNames } from './api-survey.ts';
import { lookAtServer, type ServerLook } from './server-look.ts';

/**
 * What is known of a cluster before machines join it: from its API and, as far as one can be reached, from
 * a server over SSH. Throws NOT_FOUND for a cluster that the inventory has no more; all else that fails is
 * told in `unread`.
 */
export async function surveyCluster(
  reach: JoinReach,
  clusterId: string,
  asking: JoinAsking,
): Promise<JoinCluster> {
  const { db } = reach;
  const record = db.tables.records.get(kindOf('cluster'), clusterId);
  if (record === undefined)
    throw new RackhelmError('NOT_FOUND', 'This cluster is not in the inventory any more.');
  const about = { id: clusterId, name: record.name };
  const contextId = contextOfCluster(db, clusterId);
  const members = db.clusterContexts.members(clusterId);
  if (contextId === undefined) {
    const hasServers = members.some(({ role }) => isServerRole(role));
    return hasServers ? unreached(about) : empty(about, record.values);
  }
  return await running(reach, { ...about, contextId, ...asking });
}

type About = Pick<JoinCluster, 'id' | 'name'>;

const nothing = (about: About): JoinCluster => ({
  ...about,
  ...{ state: 'unknown', contextId: null, servers: [], agents: 0, nodeNames: [] },
  ...{ passwordNames: null, store: 'unknown', shared: null, sharedFrom: null, otherFlags: [] },
  ...{ caHash: null, clockAheadMs: null, unread: [] },
});

function unreached(about: About): JoinCluster {
  const unread = [
    'The inventory knows servers of it, and no way to its API: connect it under Cluster first.',
  ];
  return { ...nothing(about), unread };
}

/** Nobody has made it yet; the ranges that the inventory plans for it are those that it gets. */
function empty(about: About, values: Readonly<Record<string, unknown>>): JoinCluster {
  const range = (value: unknown) => (typeof value === 'string' ? [value] : []);
  const shared = sharedSettings.safeParse({
    clusterCidr: range(values.podPrefix),
    serviceCidr: range(values.servicePrefix),
  });
  return { ...nothing(about), state: 'empty', shared: shared.data ?? null };
}

interface Running extends About, JoinAsking {
  readonly contextId: string;
}

async function running(reach: JoinReach, given: Running): Promise<JoinCluster> {
  const { id, name, contextId, signal } = given;
  const unread: string[] = [];
  const attempt = async <T>(what: string, work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RackhelmError) || signal.aborted) throw error;
      unread.push(`${what}${said(error.message)}.`.slice(0, 600));
      return null;
    }
  };
  const client = reach.clientOf(contextId);
  const nodes = await attempt('Its API: ', () => readApiNodes(client, signal));
  if (nodes === null) return { ...nothing({ id, name }), contextId, unread };
  const [passwordNames, server] = await Promise.all([
    attempt('Former nodes: ', () => readPasswordNames(client, signal)),
    attempt('', () =>
      onServer(reach, { clusterId: id, ...given }, async (machine) => ({
        from: machine.name,
        ...(await lookAtServer(machine, signal)),
      })),
    ),
  ]);
  const authority = server?.caHash ?? (await authorityHash(reach, contextId, signal));
  return {
    ...{ id, name, contextId, state: 'running' },
    servers: serversOf(reach, id, { nodes, told: server?.version ?? null }),
    agents: nodes.filter(({ isServer }) => !isServer).length,
    nodeNames: nodes.map((node) => node.name),
    passwordNames,
    ...settingsOf(nodes, server, unread),
    caHash: authority,
    clockAheadMs: client.clockSkewMs(),
    unread: unread.slice(0, 20),
  };
}

async function authorityHash({ authorityOf }: JoinReach, contextId: string, signal: AbortSignal) {
  const pem = await authorityOf(contextId, signal);
  return pem === null ? null : createHash('sha256').update(pem).digest('hex');
}

function serversOf(
  { db }: JoinReach,
  clusterId: string,
  { nodes, told }: { readonly nodes: readonly ApiNode[]; readonly told: string | null },
) {
  const devices = new Map(
    db.clusterContexts.members(clusterId).map((one) => [one.name.toLowerCase(), one.deviceId]),
  );
  return nodes
    .filter(({ isServer }) => isServer)
    .slice(0, 50)
    .map(({ name, address, ready, version, etcd }) => ({
      ...{ name, address, ready, etcd },
      // A kubelet may leave the build of K3s out; K3s itself does not.
      version: told?.split('+')[0] === version ? told : version,
      deviceId: devices.get(name.toLowerCase()) ?? null,
    }));
}

type Told = Pick<JoinCluster, 'shared' | 'sharedFrom' | 'otherFlags' | 'store'>;

/** A server over SSH tells most; else what K3s noted at the node of one. */
function settingsOf(
  nodes: readonly ApiNode[],
  server: (ServerLook & { readonly from: string }) | null,
  unread: string[],
): Told {
  const noted = nodes.find(({ isServer, flags }) => isServer && flags !== null);
  const flags: GivenFlags | null = server?.flags ?? noted?.flags ?? null;
  const store = storeIn(nodes, server, flags);
  if (flags === null) return { shared: null, sharedFrom: null, otherFlags: [], store };
  let shared: SharedSettings | null = null;
  try {
    shared = sharedOfFlags(flags);
  } catch {
    unread.push('A setting of the servers is one that Rackhelm does not know.');
  }
  const sharedFrom = server ? `${server.from}, over SSH` : `the node ${noted?.name}, in the API`;
  return { shared, sharedFrom, otherFlags: otherFlagsOf(flags).slice(0, 50), store };
}

function storeIn(
  nodes: readonly ApiNode[],
  server: ServerLook | null,
  flags: GivenFlags | null,
): JoinCluster['store'] {
  if (flags !== null && storeOf(flags) === 'external') return 'external';
  if (nodes.some(({ etcd }) => etcd !== null)) return 'etcd';
  if (server !== null && server.store !== 'unknown') return server.store;
  // K3s gives a server with etcd that role; one without it is on SQLite.
  return flags === null ? 'unknown' : 'sqlite';
}
