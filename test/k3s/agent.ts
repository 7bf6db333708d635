import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { Api } from '../cluster/api.ts';
import type { Identity } from '../cluster/certificates.ts';
import { kubeconfigText } from '../cluster/kubeconfig.ts';
import { Balancer } from './balancer.ts';
import { readIfThere, write, writePair } from './files.ts';
import {
  certificateOf,
  type Joined,
  joinAsAgent,
  type NodeIdentity,
  tokenOf,
} from './join-as-agent.ts';
import { startContainerd, startKubelet } from './kubelet.ts';
import { Fatal, log, reasonOf } from './log.ts';
import { needMemoryCgroup } from './memory-cgroup.ts';
import { addressIn, ownAddress } from './network.ts';
import type { Options } from './options.ts';
import { agentDirectory, nodePasswordFile } from './places.ts';
import { keepPodNetwork } from './pod-network.ts';
import { versionText } from './version.ts';

export function nodeNameOf(options: Options): string {
  return (options.text('node-name') ?? hostname()).toLowerCase();
}

/** By which the cluster knows this machine again; it stays when K3s is uninstalled. */
export function nodeIdentity(options: Options): NodeIdentity {
  if (!existsSync(nodePasswordFile))
    write(nodePasswordFile, `${randomBytes(16).toString('hex')}\n`);
  return {
    name: nodeNameOf(options),
    password: readIfThere(nodePasswordFile) ?? '',
    address: ownAddress(options.list('node-ip')[0] ?? null),
  };
}

export async function runAgent(options: Options): Promise<void> {
  log('info', `Starting k3s agent ${versionText()}`);
  needMemoryCgroup();
  const named = options.text('server');
  if (named === null) throw new Fatal('--server is required');
  const token = await tokenOf(options);
  const { url, balancer } = await wayTo(named);
  const server = await joinAsAgent(token, { url, named });
  await startNode(options, server);
  if (balancer) followServers(server, balancer);
}

/** By the agent's own port, if there is an address at all that it could pass on to. */
async function wayTo(named: string): Promise<{ url: string; balancer: Balancer | null }> {
  if (!named.startsWith('https://')) return { url: named, balancer: null };
  const balancer = new Balancer(named);
  await balancer.listen();
  return { url: balancer.address, balancer };
}

function followServers(server: Joined, balancer: Balancer): void {
  const look = async () => balancer.learn(JSON.parse(await server.get('/v1-k3s/apiservers')));
  const tell = (error: unknown) => log('error', `Failed to look for servers: ${reasonOf(error)}`);
  void look().catch(tell);
  setInterval(() => void look().catch(tell), 10_000);
}

/** Splits what a server sends: a certificate and the key of it. */
function pairOf(text: string): Identity {
  const at = text.indexOf('-----BEGIN PRIVATE KEY-----');
  return { certificate: text.slice(0, at), key: text.slice(at) };
}

/** Containers, the kubelet and the network of pods, once the server lets this node in. */
export async function startNode(options: Options, server: Joined): Promise<void> {
  const node = nodeIdentity(options);
  const client = pairOf(await certificateOf(server, node, '/v1-k3s/client-kubelet.crt'));
  const serving = pairOf(await certificateOf(server, node, '/v1-k3s/serving-kubelet.crt'));
  const controller = pairOf(await server.get('/v1-k3s/client-k3s-controller.crt'));
  const { authority, url } = server;
  write(`${agentDirectory}/server-ca.crt`, authority, 0o644);
  write(`${agentDirectory}/client-ca.crt`, await server.get('/v1-k3s/client-ca.crt'), 0o644);
  writePair(`${agentDirectory}/client-kubelet`, client);
  writePair(`${agentDirectory}/serving-kubelet`, serving);
  writePair(`${agentDirectory}/client-k3s-controller`, controller);
  write(
    `${agentDirectory}/kubelet.kubeconfig`,
    kubeconfigText({ server: url, authority, credentials: client, user: 'user' }),
  );
  await startContainerd();
  const service = String(server.config['service-cidr']);
  startKubelet(options, {
    ...node,
    clusterDns: String(server.config['cluster-dns'] ?? addressIn(service, 10)),
    clusterDomain: String(server.config['cluster-domain']),
  });
  const api = new Api({ server: url, authority, credentials: controller });
  void keepPodNetwork(api, node.name);
}
