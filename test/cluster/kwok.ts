import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { KubeObject } from './api.ts';
import type { Programs } from './cache.ts';
import type { Cluster } from './cluster.ts';
import { until } from './wait.ts';

/** A pod with this annotation is left as it is, so that a test may write its status itself. */
export const leftAlone = 'rackhelm.test/status-by-hand';

const nobody = 65_534;

interface Stage {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly selector: { readonly matchExpressions: unknown[] } };
}

/** kwok's own stages, but for pods that are left alone. */
function stages(file: string): readonly unknown[] {
  return parseAllDocuments(readFileSync(file, 'utf8')).map((document) => {
    // Files of kwok's own module, whose shape is its published API.
    const stage = document.toJS() as Stage;
    if (stage.kind === 'Stage' && ['pod-ready', 'pod-complete'].includes(stage.metadata.name)) {
      const key = `.metadata.annotations["${leftAlone}"]`;
      stage.spec.selector.matchExpressions.push({ key, operator: 'DoesNotExist' });
    }
    return stage;
  });
}

const apiVersion = 'kwok.x-k8s.io/v1alpha1';

function asEveryPodDoes(directory: string): readonly unknown[] {
  const everyPod = { apiVersion, metadata: { name: 'every-pod' } };
  const files = { logsFile: `${directory}/pod.log`, previousLogsFile: `${directory}/previous.log` };
  const user = { runAsUser: nobody, runAsGroup: nobody };
  return [
    { ...everyPod, kind: 'ClusterLogs', spec: { logs: [{ ...files, follow: true }] } },
    // A command in a fake pod runs on this computer, as nobody.
    {
      ...everyPod,
      kind: 'ClusterExec',
      spec: { execs: [{ local: { workDir: '/', securityContext: user } }] },
    },
    // Each port sends back what it gets.
    { ...everyPod, kind: 'ClusterPortForward', spec: { forwards: [{ command: ['cat'] }] } },
  ];
}

/** As a container runtime writes it: time, stream, whole line. */
function logText(messages: readonly string[]): string {
  const start = Date.UTC(2026, 10, 30, 6);
  return messages
    .map(
      (message, index) => `${new Date(start + index * 1000).toISOString()} stdout F ${message}\n`,
    )
    .join('');
}

const requests = Array.from(
  { length: 200 },
  (_, index) =>
    `level=info msg="request ${index + 1} answered" status=${index % 17 === 0 ? 500 : 200}`,
);

interface KwokPlace {
  readonly directory: string;
  readonly programs: Programs;
  readonly port: number;
}

export function kwokArguments({ directory, programs, port }: KwokPlace): readonly string[] {
  const file = path.join(directory, 'kwok.yaml');
  const configured = [...stages(programs.kwokStages), ...asEveryPodDoes(directory)];
  writeFileSync(file, configured.map((one) => stringify(one)).join('---\n'), { mode: 0o600 });
  writeFileSync(path.join(directory, 'pod.log'), logText(requests));
  const last = logText(['level=fatal msg="out of memory"']);
  writeFileSync(path.join(directory, 'previous.log'), last);
  return [
    `--config=${file}`,
    `--kubeconfig=${directory}/kwok.kubeconfig`,
    '--manage-all-nodes=false',
    '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake',
    '--cidr=10.42.0.0/16',
    '--node-ip=127.0.0.1',
    `--node-port=${port}`,
    `--server-address=127.0.0.1:${port}`,
    `--tls-cert-file=${directory}/server.crt`,
    `--tls-private-key-file=${directory}/server.key`,
  ];
}

export interface FakeNodeOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly unknown[];
  readonly architecture?: 'amd64' | 'arm64';
  readonly cpu?: string;
  readonly memory?: string;
  readonly pods?: string;
  readonly kubeletVersion?: string;
  /** Its InternalIP. With another than the default, logs and commands of its pods do not work. */
  readonly address?: string;
}

/** A node that kwok keeps alive. */
export function fakeNode(name: string, options: FakeNodeOptions = {}): KubeObject {
  const { architecture = 'amd64', cpu = '8', memory = '16Gi', pods = '110' } = options;
  const capacity = { cpu, memory, pods, 'ephemeral-storage': '100Gi' };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: {
        'kwok.x-k8s.io/node': 'fake',
        // All nodes are one server, so each has its own path there.
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
      },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
        'beta.kubernetes.io/arch': architecture,
        ...options.labels,
      },
    },
    spec: options.taints ? { taints: options.taints } : {},
    status: {
      addresses: [
        { type: 'InternalIP', address: options.address ?? '127.0.0.1' },
        { type: 'Hostname', address: name },
      ],
      capacity,
      allocatable: capacity,
      nodeInfo: {
        architecture,
        operatingSystem: 'linux',
        kubeletVersion: options.kubeletVersion ?? 'v1.37.2',
        osImage: 'Debian GNU/Linux 12 (bookworm)',
        kernelVersion: '6.1.0',
        containerRuntimeVersion: 'containerd://1.6.20',
      },
    },
  };
}

interface NodeNow {
  readonly spec: { readonly taints?: readonly { readonly key: string }[] };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** By its own word, and for the scheduler too. */
export async function isNodeReady(cluster: Cluster, name: string): Promise<boolean> {
  const { status, body } = await cluster.api.request('GET', `/api/v1/nodes/${name}`);
  if (status !== 200) return false;
  const node: NodeNow = body;
  const taints = node.spec.taints ?? [];
  if (taints.some(({ key }) => key === 'node.kubernetes.io/not-ready')) return false;
  const conditions = node.status?.conditions ?? [];
  return conditions.some((one) => one.type === 'Ready' && one.status === 'True');
}

export async function addNodes(cluster: Cluster, nodes: readonly KubeObject[]): Promise<void> {
  await Promise.all(nodes.map((node) => cluster.api.must('POST', '/api/v1/nodes', { body: node })));
  for (const { metadata } of nodes) {
    await until(`the node ${metadata.name} is ready`, () => isNodeReady(cluster, metadata.name));
  }
}

/** `node-1`, `node-2`, … */
export async function startNodes(cluster: Cluster, count: number): Promise<void> {
  await addNodes(
    cluster,
    Array.from({ length: count }, (_, index) => fakeNode(`node-${index + 1}`)),
  );
}
