import { type K3sSettings, k3sSettings, settingsFaults } from '../k3s-settings.ts';
import { mayJoin } from '../quorum.ts';
import { joinObjection, parseClusterVersion } from '../version.ts';
import type { CommonJoin, JoinAs, MachineTaint } from './join-answers.ts';
import { type JoinCluster, serverToJoin, urlOf } from './join-cluster.ts';
import { type NodeAddress, nodePlace } from './node-place.ts';

/** One machine that is to join. */
export interface JoiningMachine {
  /** What its node shall be called: its host name. */
  readonly nodeName: string;
  readonly as: Exclude<JoinAs, 'none'>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly MachineTaint[];
  readonly addresses: readonly NodeAddress[];
  readonly defaultLink: string | null;
  /** Names and addresses that it is known by. */
  readonly names: readonly string[];
  readonly preferBundledBin: boolean;
  readonly selinux: boolean;
}

export interface JoinProblem {
  readonly weight: 'blocks' | 'warns';
  /** One or two sentences. */
  readonly text: string;
}

export interface JoinDecision {
  /** Null: something blocks. */
  readonly settings: K3sSettings | null;
  readonly problems: readonly JoinProblem[];
}

const blocks = (text: string): JoinProblem => ({ weight: 'blocks', text });
const warns = (text: string): JoinProblem => ({ weight: 'warns', text });

/**
 * What a machine is started with, and what speaks against it. Flags that have to match come from the
 * servers that run. `version`: what it is to run; null: not known yet. Pure.
 */
export function decideJoin(
  cluster: JoinCluster,
  common: CommonJoin,
  { machine, version }: { readonly machine: JoiningMachine; readonly version: string | null },
): JoinDecision {
  const problems = [
    ...clusterProblems(cluster, machine),
    ...nameProblems(cluster, machine.nodeName),
    ...(machine.as === 'server' ? serverProblems(cluster) : []),
    ...versionProblems(cluster, machine, version),
  ];
  const server = cluster.state === 'empty' ? undefined : serverToJoin(cluster);
  const url = common.server ?? (server?.address ? urlOf(server.address) : null);
  if (cluster.state === 'running' && url === null)
    problems.push(blocks(`No server of ${cluster.name} is up that could be joined.`));
  const parsed = k3sSettings.safeParse(settingsOf(cluster, common, { machine, url }));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    problems.push(blocks(`${issue?.path.join('.')}: not ${issue?.message}.`));
  } else problems.push(...settingsFaults(parsed.data).map(blocks));
  const isBlocked = problems.some(({ weight }) => weight === 'blocks');
  return { settings: isBlocked ? null : (parsed.data ?? null), problems };
}

function settingsOf(
  cluster: JoinCluster,
  common: CommonJoin,
  { machine, url }: { readonly machine: JoiningMachine; readonly url: string | null },
) {
  const isFirst = cluster.state === 'empty';
  const server = url === null ? null : new URL(url).hostname.replace(/^\[|\]$/g, '');
  const place = nodePlace(machine.addresses, { server, defaultLink: machine.defaultLink });
  const names = [...machine.names, ...(place ? [place.address] : []), ...common.tlsNames];
  return {
    role: isFirst ? 'first-server' : machine.as,
    nodeName: machine.nodeName,
    nodeIps: place ? [place.address] : [],
    flannelInterface: place?.interface ?? null,
    labels: machine.labels,
    taints: machine.taints,
    tlsNames: machine.as === 'server' ? [...new Set(names)] : [],
    server: isFirst ? null : url,
    datastore: isFirst ? common.datastore : 'sqlite',
    shared: machine.as === 'server' ? (cluster.shared ?? {}) : {},
    preferBundledBin: machine.preferBundledBin,
    selinux: machine.selinux,
  };
}

function clusterProblems(cluster: JoinCluster, { as }: JoiningMachine): JoinProblem[] {
  if (cluster.state === 'unknown')
    return [
      blocks(
        `How ${cluster.name} stands could not be found out. ${cluster.unread[0] ?? ''}`.trim(),
      ),
    ];
  if (cluster.state === 'empty' && as === 'agent')
    return [blocks(`${cluster.name} has no server yet that an agent could join.`)];
  return [];
}

function nameProblems(cluster: JoinCluster, name: string): JoinProblem[] {
  if (cluster.nodeNames.includes(name))
    return [
      blocks(
        `${cluster.name} has a node ${name} already. Give this machine another host name, or delete that node first.`,
      ),
    ];
  if (cluster.passwordNames?.includes(name))
    return [
      blocks(
        `${cluster.name} still holds the password of a former node ${name}: delete the secret ${name}.node-password.k3s in kube-system first.`,
      ),
    ];
  return cluster.passwordNames === null && cluster.state === 'running'
    ? [warns('Whether a former node of this name left a password there could not be seen.')]
    : [];
}

function serverProblems(cluster: JoinCluster): JoinProblem[] {
  if (cluster.state !== 'running') return [];
  const { name, store, servers, shared, otherFlags } = cluster;
  if (store === 'sqlite')
    return [
      blocks(
        `${name} keeps its state in SQLite, which one server alone can use. Change it to etcd first: rackhelm cluster to-etcd.`,
      ),
    ];
  if (store === 'external')
    return [
      blocks(
        `${name} keeps its state in a database of its own (datastore-endpoint); its address holds a password that Rackhelm does not carry.`,
      ),
    ];
  const found: JoinProblem[] = [];
  if (shared === null)
    found.push(
      blocks(
        `What the servers of ${name} were started with could not be read, and a further one has to be started alike. ${cluster.unread[0] ?? ''}`.trim(),
      ),
    );
  if (otherFlags.length > 0)
    found.push(
      warns(
        `The servers have settings that Rackhelm does not carry over: ${otherFlags.join(', ')}. Put them into /etc/rancher/k3s/config.yaml by hand where they have to be alike.`,
      ),
    );
  const verdict = mayJoin(servers);
  if (!verdict.allowed) found.push(blocks(verdict.says));
  else if ((servers.length + 1) % 2 === 0)
    found.push(
      warns(
        `With it there are ${servers.length + 1} servers: an even number bears no more failures than ${servers.length}.`,
      ),
    );
  return found;
}

function versionProblems(
  cluster: JoinCluster,
  { as }: JoiningMachine,
  version: string | null,
): JoinProblem[] {
  if (version === null) return [];
  const own = parseClusterVersion(version);
  if (own === null) return [blocks(`${version} is no version of K3s, such as v1.37.2+k3s1.`)];
  if (own.k3s === null) return [blocks(`${version} names no build of K3s: v1.37.2+k3s1 does.`)];
  const running = cluster.servers.flatMap((server) => parseClusterVersion(server.version) ?? []);
  const objection = joinObjection(own, as, running);
  return objection === null ? [] : [blocks(objection.says)];
}
