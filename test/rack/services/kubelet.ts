import { stringify } from 'yaml';
import { cacheDirectory } from '../../cluster/cache.ts';
import { folderOf, kineRecipe, kubernetesRecipe } from '../../cluster/recipes.ts';
import { newestKubernetes } from '../../cluster/versions.ts';
import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';
import { mountCgroups } from './cgroups.ts';

const containerd = `version = 2
root = "/var/lib/containerd"
state = "/run/containerd"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "rackhelm.test/pause:1"
  # This computer's own limits hold for its nodes too.
  restrict_oom_score_adj = true
  disable_apparmor = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "overlayfs"
    default_runtime_name = "runc"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
`;

const kubelet = {
  apiVersion: 'kubelet.config.k8s.io/v1beta1',
  kind: 'KubeletConfiguration',
  cgroupDriver: 'cgroupfs',
  failCgroupV1: false,
  failSwapOn: false,
  containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
  authentication: {
    anonymous: { enabled: false },
    webhook: { enabled: true },
    x509: { clientCAFile: '/etc/kubernetes/ca.crt' },
  },
  authorization: { mode: 'Webhook' },
  clusterDomain: 'cluster.local',
  rotateCertificates: true,
  enforceNodeAllocatable: [],
  // The disk of a node is small and in memory.
  evictionHard: { 'memory.available': '50Mi', 'nodefs.available': '1%', 'imagefs.available': '1%' },
  nodeStatusUpdateFrequency: '4s',
};

/** Where a node has the programs that were built for the test cluster, by their names. */
const programDirectory = 'opt/kubernetes';
const cacheInNode = '/opt/kubernetes-cache';

/** Has the programs of Kubernetes, as they were built, in /opt/kubernetes. */
export function offerPrograms(build: NodeBuild): void {
  const cache = cacheDirectory();
  build.atBoot(
    // The kernel's log is this computer's.
    ': >"$root/dev/kmsg"; mount --bind /dev/null "$root/dev/kmsg"',
    `mkdir -p "$root${cacheInNode}"`,
    `[ ! -d "${cache}" ] || mount --bind -o ro "${cache}" "$root${cacheInNode}"`,
  );
  for (const recipe of [kubernetesRecipe(newestKubernetes), kineRecipe])
    for (const { name } of recipe.programs)
      build.files.link(`${programDirectory}/${name}`, `${cacheInNode}/${folderOf(recipe)}/${name}`);
}

/**
 * A machine on which pods can run: containerd, the kubelet and the images are there, and nothing of it
 * runs before `kubelet.sh` finds the files of a cluster in /etc/kubernetes.
 */
export function serveKubelet(build: NodeBuild): void {
  const { files } = build;
  mountCgroups(build);
  build.atBoot(
    // Layers of containers cannot lie on the node's own layers, but on the disk below them.
    ...['containerd', 'kubelet'].flatMap((name) => [
      `mkdir -p "$dir/disk/${name}" "$root/var/lib/${name}"`,
      `mount --bind "$dir/disk/${name}" "$root/var/lib/${name}"`,
    ]),
  );
  offerPrograms(build);
  files.write('etc/containerd/config.toml', containerd);
  files.write('etc/kubernetes/kubelet.yaml', stringify(kubelet));
  files.directory('etc/cni/net.d');
  for (const name of ['kubelet', 'kubernetes-server', 'image-of-busybox'])
    files.write(`usr/lib/rack/${name}.sh`, scriptText(`${name}.sh`), { mode: 0o755 });
  files.startStep(
    '80-kubernetes-server',
    '[ ! -d /etc/kubernetes/server ] || /usr/lib/rack/kubernetes-server.sh up',
  );
  files.startStep('81-kubelet', '[ ! -e /etc/kubernetes/ca.crt ] || /usr/lib/rack/kubelet.sh up');
}
