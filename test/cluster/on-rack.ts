import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Node, Rack } from '../rack/index.ts';
import {
  apiserverArguments,
  controllerManagerArguments,
  etcdArguments,
  kineArguments,
  schedulerArguments,
} from './arguments.ts';
import { programsOf } from './cache.ts';
import { Cluster } from './cluster.ts';
import { ClusterError } from './cluster-error.ts';
import { type ClusterFiles, readClusterFiles, writeClusterFiles } from './files.ts';
import { kubeconfigText } from './kubeconfig.ts';
import { isNodeReady } from './kwok.ts';
import { newestKubernetes } from './versions.ts';
import { until } from './wait.ts';

const podNetwork = '10.42.0.0/16';
const keys = '/etc/kubernetes/keys';
const data = '/var/lib/kubernetes';

async function must(node: Node, command: string, stdin = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await node.exec(command, { stdin, timeoutMs: 60_000 });
  if (exitCode === 0) return stdout;
  throw new ClusterError(`On ${node.name}: ${stderr || stdout || command}`);
}

async function write(node: Node, file: string, text: string, mode = '600'): Promise<void> {
  const directory = path.posix.dirname(file);
  await must(node, `mkdir -p ${directory}; umask 077; cat >${file}; chmod ${mode} ${file}`, text);
}

export function addressOnRack(node: Node): string {
  const address = node.addresses.management?.ipv4;
  if (!address) throw new ClusterError(`${node.name} has no address on management.`);
  return address;
}

function clusterOf(files: ClusterFiles): Cluster {
  const program = programsOf().kubernetes;
  return new Cluster({ version: newestKubernetes, files, program, parts: [] });
}

/** The control plane's command lines on its node, in the order of their start. */
function commandLines(address: string, store: 'kine' | 'etcd'): readonly (readonly string[])[] {
  const program = '/opt/kubernetes/kubernetes';
  const place = store === 'kine' ? `unix://${data}/kine.sock` : 'http://127.0.0.1:2379';
  const apiserver = {
    directory: keys,
    port: 6443,
    bind: '0.0.0.0',
    advertise: address,
    store: place,
  };
  return [
    store === 'kine'
      ? ['/opt/kubernetes/kine', ...kineArguments(data)]
      : [program, ...etcdArguments(data, { client: 2379, peer: 2380 })],
    [program, ...apiserverArguments(apiserver)],
    [program, ...controllerManagerArguments({ directory: keys, podNetwork, nodeGraceSeconds: 16 })],
    [program, ...schedulerArguments(keys)],
  ];
}

/** Starts a control plane on a node of the rack; it comes back when the node does. */
export async function startServerOn(
  rack: Rack,
  node: Node,
  { store = 'etcd' as 'kine' | 'etcd' } = {},
): Promise<Cluster> {
  const address = addressOnRack(node);
  const running = await node.exec('test -d /etc/kubernetes/server');
  if (running.exitCode === 0) throw new ClusterError(`${node.name} serves a cluster already.`);
  const directory = rack.state.path('cluster');
  mkdirSync(directory, { recursive: true });
  const server = `https://${address}:6443`;
  const files = writeClusterFiles({ directory, server, hosts: [address, node.name] });
  for (const name of readdirSync(directory))
    await write(node, `${keys}/${name}`, readFileSync(path.join(directory, name), 'utf8'));
  await must(node, `mkdir -p -m 700 ${data}`);
  for (const [index, words] of commandLines(address, store).entries()) {
    const part = words.find((word) => /^(kube-|etcd$)/.test(word)) ?? 'kine';
    await write(node, `/etc/kubernetes/server/${index + 1}0-${part}`, `${words.join('\n')}\n`);
  }
  // Where K3s has it, for whoever fetches it from there.
  const local = { server: 'https://127.0.0.1:6443', authority: files.authority.certificate };
  await write(
    node,
    '/etc/rancher/k3s/k3s.yaml',
    kubeconfigText({ ...local, credentials: files.admin }),
  );
  await must(node, '/usr/lib/rack/kubernetes-server.sh up');
  const cluster = clusterOf(files);
  await cluster.ready();
  await allowBootstrap(cluster);
  return cluster;
}

/** The cluster that `startServerOn` started on this rack, for whoever comes later. */
export function clusterOnRack(rack: Rack): Cluster {
  return clusterOf(readClusterFiles(rack.state.path('cluster')));
}

const bootstrappers = 'system:bootstrappers:rackhelm';
const tokenId = 'rackhe';
const tokenSecret = '0123456789abcdef';
export const bootstrapToken = `${tokenId}.${tokenSecret}`;

function binding(name: string, role: string, group: string) {
  const apiGroup = 'rbac.authorization.k8s.io';
  return {
    ...{ apiVersion: `${apiGroup}/v1`, kind: 'ClusterRoleBinding', metadata: { name } },
    subjects: [{ kind: 'Group', name: group, apiGroup }],
    roleRef: { apiGroup, kind: 'ClusterRole', name: role },
  };
}

/** Who has the token may ask for a node's certificate, which is signed without a person. */
async function allowBootstrap(cluster: Cluster): Promise<void> {
  const request = 'system:certificates.k8s.io:certificatesigningrequests';
  await cluster.apply([
    {
      ...{ apiVersion: 'v1', kind: 'Secret', type: 'bootstrap.kubernetes.io/token' },
      metadata: { name: `bootstrap-token-${tokenId}`, namespace: 'kube-system' },
      stringData: {
        ...{ 'token-id': tokenId, 'token-secret': tokenSecret },
        ...{ 'usage-bootstrap-authentication': 'true', 'usage-bootstrap-signing': 'true' },
        'auth-extra-groups': bootstrappers,
      },
    },
    binding('rackhelm-bootstrap', 'system:node-bootstrapper', bootstrappers),
    binding('rackhelm-approve', `${request}:nodeclient`, bootstrappers),
    binding('rackhelm-renew', `${request}:selfnodeclient`, 'system:nodes'),
  ]);
}

export interface JoinOptions {
  readonly token?: string;
  /** PEM; another than the cluster's own is what a wrong CA is. */
  readonly authority?: string;
  readonly server?: string;
}

/** Lays down what a kubelet joins by, and starts it; whether it joins is another matter. */
export async function startKubelet(
  cluster: Cluster,
  node: Node,
  options: JoinOptions = {},
): Promise<void> {
  const {
    token = bootstrapToken,
    authority = cluster.authority.certificate,
    server = cluster.server,
  } = options;
  await write(node, '/etc/kubernetes/ca.crt', authority, '644');
  await write(node, '/etc/kubernetes/node-address', addressOnRack(node));
  const bootstrap = kubeconfigText({ server, authority, credentials: { token } });
  await write(node, '/etc/kubernetes/bootstrap.kubeconfig', bootstrap);
  await must(node, '/usr/lib/rack/kubelet.sh up');
}

function cniOf(subnet: string): string {
  const ranges = [[{ subnet }]];
  const bridge = {
    ...{ type: 'bridge', bridge: 'cni0', isGateway: true, ipMasq: false, hairpinMode: true },
    ipam: { type: 'host-local', ranges, routes: [{ dst: '0.0.0.0/0' }] },
  };
  const plugins = [bridge, { type: 'portmap', capabilities: { portMappings: true } }];
  return JSON.stringify({ cniVersion: '0.4.0', name: 'rack', plugins });
}

/** A node joins by the bootstrap token, gets its part of the pods' network, and is ready. */
export async function joinOnRack(cluster: Cluster, rack: Rack, name: string): Promise<void> {
  const node = rack.node(name);
  await startKubelet(cluster, node);
  const read = () => cluster.api.request('GET', `/api/v1/nodes/${name}`);
  await until(`${name} has its part of the pods’ network`, async () => {
    return Boolean((await read()).body.spec?.podCIDR);
  });
  await write(
    node,
    '/etc/cni/net.d/10-rack.conflist',
    cniOf((await read()).body.spec.podCIDR),
    '644',
  );
  await writePodRoutes(cluster, rack);
  await until(`the node ${name} is ready`, () => isNodeReady(cluster, name));
}

interface NodeObject {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly podCIDR?: string };
}

/** Every machine of the cluster knows the way to the pods of the others. */
async function writePodRoutes(cluster: Cluster, rack: Rack): Promise<void> {
  const items: readonly NodeObject[] = (await cluster.api.must('GET', '/api/v1/nodes')).items;
  const servers = rack.nodes.map(({ name }) => name).filter((name) => name.startsWith('server-'));
  const machines = new Set([...servers, ...items.map(({ metadata }) => metadata.name)]);
  for (const machine of machines) {
    const others = items.filter(({ metadata, spec }) => metadata.name !== machine && spec.podCIDR);
    const lines = others.map(({ metadata, spec }) => {
      return `route replace ${spec.podCIDR} via ${addressOnRack(rack.node(metadata.name))}\n`;
    });
    const node = rack.node(machine);
    await write(node, '/etc/kubernetes/pod-routes', lines.join(''));
    await must(node, 'ip -force -batch /etc/kubernetes/pod-routes');
  }
}

/** The node is deleted, and nothing of the cluster is left on its machine. */
export async function leaveOnRack(cluster: Cluster, rack: Rack, name: string): Promise<void> {
  await cluster.api.request('DELETE', `/api/v1/nodes/${name}`);
  await forgetCluster(rack.node(name));
}

/** What an uninstall does; the cluster is not asked. */
export async function forgetCluster(node: Node): Promise<void> {
  const files = [
    'ca.crt',
    'bootstrap.kubeconfig',
    'kubelet.kubeconfig',
    'pod-routes',
    'node-address',
  ];
  await must(
    node,
    [
      '/usr/lib/rack/kubelet.sh down',
      `rm -f ${files.map((one) => `/etc/kubernetes/${one}`).join(' ')} /etc/cni/net.d/10-rack.conflist`,
      'ip link del cni0 2>/dev/null',
      'awk \'$2 ~ "^/var/lib/kubelet/" { print $2 }\' /proc/mounts | sort -r | xargs -r -n 1 umount',
      'find /var/lib/kubelet /var/lib/cni -mindepth 1 -delete 2>/dev/null',
      'true',
    ].join('; '),
  );
}
