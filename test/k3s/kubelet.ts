import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { startChild } from './child.ts';
import { write } from './files.ts';
import { log } from './log.ts';
import type { Options } from './options.ts';
import { agentDirectory, containerdSocket, dataDirectory, programs } from './places.ts';

const cniDirectory = `${agentDirectory}/etc/cni/net.d`;
const containerdFile = `${agentDirectory}/etc/containerd/config.toml`;
/** K3s carries its tools within itself and unpacks them here. */
const tools = `${dataDirectory}/data/current/bin`;
const images = `${agentDirectory}/images`;

const containerdConfig = `version = 2
root = "${agentDirectory}/containerd"
state = "/run/k3s/containerd"
[grpc]
  address = "${containerdSocket}"
[plugins."io.containerd.internal.v1.opt"]
  path = "${agentDirectory}/containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "rackhelm.test/pause:1"
  restrict_oom_score_adj = true
  disable_apparmor = true
  stream_server_address = "127.0.0.1"
  stream_server_port = "10010"
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "${cniDirectory}"
`;

function ctr(words: readonly string[], input?: Buffer) {
  const all = ['-a', containerdSocket, '-n', 'k8s.io', ...words];
  return spawnSync('/usr/bin/ctr', all, input === undefined ? {} : { input });
}

/** Its shims and pods go on when it ends; nothing else does. */
export async function startContainerd(): Promise<void> {
  mkdirSync(tools, { recursive: true });
  const shim = 'containerd-shim-runc-v2';
  if (!existsSync(`${tools}/${shim}`)) copyFileSync(`/usr/bin/${shim}`, `${tools}/${shim}`);
  mkdirSync(`${agentDirectory}/containerd`, { recursive: true });
  write(containerdFile, containerdConfig);
  mkdirSync(cniDirectory, { recursive: true });
  const logFile = `${agentDirectory}/containerd/containerd.log`;
  log('info', `Logging containerd to ${logFile}`);
  log('info', `Running containerd -c ${containerdFile}`);
  startChild('containerd', ['/usr/bin/containerd', '-c', containerdFile], {
    logFile,
    environment: { PATH: `${tools}:${process.env.PATH}` },
  });
  while (ctr(['version']).status !== 0) await sleep(100);
  log('info', 'containerd is now running');
  importImages();
}

function importImages(): void {
  const script = '/usr/lib/rack/image-of-busybox.sh';
  const known = String(ctr(['images', 'ls', '-q']).stdout);
  const own = [
    ['rackhelm.test/pause:1', 'sleep', '2147483647'],
    ['rackhelm.test/busybox:1', 'sh'],
  ] as const;
  for (const words of own) {
    if (known.includes(words[0])) continue;
    ctr(['images', 'import', '-'], spawnSync(script, words, { maxBuffer: 64 * 1024 ** 2 }).stdout);
  }
  for (const name of existsSync(images) ? readdirSync(images) : []) {
    if (!name.endsWith('.tar')) continue;
    const { status, stderr } = ctr(['images', 'import', `${images}/${name}`]);
    if (status === 0) log('info', `Imported images from ${images}/${name}`);
    else log('error', `Failed to import images from ${images}/${name}: ${String(stderr).trim()}`);
  }
}

export interface KubeletPlace {
  readonly name: string;
  readonly address: string;
  readonly clusterDns: string;
  readonly clusterDomain: string;
}

function kubeletConfig({ clusterDns, clusterDomain }: KubeletPlace): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    // So that a server can put in as which version of K3s it came.
    contentType: 'application/json',
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    containerRuntimeEndpoint: `unix://${containerdSocket}`,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${agentDirectory}/client-ca.crt` },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: `${agentDirectory}/serving-kubelet.crt`,
    tlsPrivateKeyFile: `${agentDirectory}/serving-kubelet.key`,
    clusterDNS: [clusterDns],
    clusterDomain,
    enforceNodeAllocatable: [],
    // The disk of a node is small and in memory.
    evictionHard: {
      'memory.available': '50Mi',
      'nodefs.available': '1%',
      'imagefs.available': '1%',
    },
    nodeStatusUpdateFrequency: '4s',
  });
}

/** Labels and taints count when it registers, and not later. */
export function startKubelet(options: Options, place: KubeletPlace): void {
  const directory = `${agentDirectory}/etc/kubelet.conf.d`;
  write(`${directory}/00-k3s-defaults.conf`, kubeletConfig(place));
  const labels = [...options.list('node-label'), 'node.kubernetes.io/instance-type=k3s'];
  const taints = options.list('node-taint');
  const words = [
    `--config-dir=${directory}`,
    `--kubeconfig=${agentDirectory}/kubelet.kubeconfig`,
    `--hostname-override=${place.name}`,
    `--node-ip=${place.address}`,
    `--node-labels=${labels.join(',')}`,
    ...(taints.length > 0 ? [`--register-with-taints=${taints.join(',')}`] : []),
    ...options.list('kubelet-arg').map((text) => `--${text}`),
  ];
  log('info', `Running kubelet ${words.join(' ')}`);
  startChild('kubelet', [programs.kubelet, ...words]);
}
