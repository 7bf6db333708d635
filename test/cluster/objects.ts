import type { KubeObject } from './api.ts';
import { leftAlone } from './kwok.ts';

/** Short ways to the objects that tests and the sample need, complete enough for a real API server. */
export interface WorkloadOptions {
  readonly namespace: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly command?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly requests?: Readonly<Record<string, string>>;
  /** What its pods use, as metrics-server tells it of fake nodes. */
  readonly usage?: { readonly cpu: string; readonly memory: string };
  /** Claims by the path where they are mounted. */
  readonly claims?: Readonly<Record<string, string>>;
  readonly nodeSelector?: Readonly<Record<string, string>>;
  /** Loses what it holds when its pod goes. */
  readonly localData?: boolean;
  /** kwok leaves its pods pending, for a status by hand. */
  readonly byHand?: boolean;
}

function podSpec(name: string, options: WorkloadOptions): Readonly<Record<string, unknown>> {
  const { image = 'registry.example/app:1', env = {}, claims = {}, localData = false } = options;
  const volumes = Object.entries(claims).map(([mountPath, claimName], index) => ({
    mountPath,
    volume: { name: `data-${index}`, persistentVolumeClaim: { claimName } },
  }));
  const scratch = localData
    ? [{ mountPath: '/cache', volume: { name: 'cache', emptyDir: {} } }]
    : [];
  const all = [...volumes, ...scratch];
  return {
    containers: [
      {
        ...{ name, image },
        ...(options.command ? { command: options.command } : {}),
        env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
        resources: { requests: options.requests ?? { cpu: '50m', memory: '64Mi' } },
        volumeMounts: all.map(({ mountPath, volume }) => ({ name: volume.name, mountPath })),
      },
    ],
    volumes: all.map(({ volume }) => volume),
    ...(options.nodeSelector ? { nodeSelector: options.nodeSelector } : {}),
  };
}

function template(name: string, options: WorkloadOptions) {
  const { usage } = options;
  const annotations = {
    ...(options.byHand ? { [leftAlone]: 'yes' } : {}),
    ...(usage ? { 'kwok.x-k8s.io/usage-cpu': usage.cpu } : {}),
    ...(usage ? { 'kwok.x-k8s.io/usage-memory': usage.memory } : {}),
  };
  return { metadata: { labels: { app: name }, annotations }, spec: podSpec(name, options) };
}

function replicated(kind: string, name: string, options: WorkloadOptions): KubeObject {
  const spec = { selector: { matchLabels: { app: name } }, template: template(name, options) };
  const replicas = kind === 'DaemonSet' ? {} : { replicas: options.replicas ?? 1 };
  const metadata = { name, namespace: options.namespace, labels: { app: name } };
  return { apiVersion: 'apps/v1', kind, metadata, spec: { ...replicas, ...spec } };
}

export const deployment = (name: string, options: WorkloadOptions) =>
  replicated('Deployment', name, options);
export const daemonSet = (name: string, options: WorkloadOptions) =>
  replicated('DaemonSet', name, options);

export function statefulSet(
  name: string,
  options: WorkloadOptions & { readonly storage?: string },
): KubeObject {
  const made = replicated('StatefulSet', name, options);
  // Its own parts above are an object.
  const spec = made.spec as Readonly<Record<string, unknown>>;
  const claim = {
    metadata: { name: 'data' },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'local-path',
      resources: { requests: { storage: options.storage ?? '1Gi' } },
    },
  };
  return { ...made, spec: { ...spec, serviceName: name, volumeClaimTemplates: [claim] } };
}

/** A pod that nothing would make again. */
export function barePod(name: string, options: WorkloadOptions): KubeObject {
  const { metadata, spec } = template(name, options);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: options.namespace, ...metadata },
    spec,
  };
}

export function cronJob(name: string, schedule: string, options: WorkloadOptions): KubeObject {
  const job = {
    ...template(name, options),
    spec: { ...podSpec(name, options), restartPolicy: 'OnFailure' },
  };
  return {
    ...{
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name, namespace: options.namespace },
    },
    spec: { schedule, jobTemplate: { spec: { template: job } } },
  };
}

export function service(name: string, namespace: string, port: number): KubeObject {
  return {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace } },
    spec: { selector: { app: name }, ports: [{ port, targetPort: port }] },
  };
}

export function disruptionBudget(
  name: string,
  namespace: string,
  minAvailable: number,
): KubeObject {
  return {
    ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name, namespace } },
    spec: { minAvailable, selector: { matchLabels: { app: name } } },
  };
}

/** A volume that lies on one node, and waits for one claim. */
export function localVolume(
  name: string,
  node: string,
  claim: { readonly namespace: string; readonly name: string },
): KubeObject {
  const term = { key: 'kubernetes.io/hostname', operator: 'In', values: [node] };
  return {
    ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name } },
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      storageClassName: 'local-path',
      claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', ...claim },
      local: { path: `/var/lib/rancher/k3s/storage/${name}` },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [term] }] } },
    },
  };
}

export function namespace(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
