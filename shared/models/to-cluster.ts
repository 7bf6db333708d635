import type { ContainerSpec } from './container-spec.ts';

export interface ClusterChoices {
  readonly namespace: string;
  /** Of each volume claim. */
  readonly volumeGib: number;
  /** What the device plugin offers, such as `nvidia.com/gpu`; null: the cluster offers none. */
  readonly gpuResource: string | null;
  /** The node to run on; null: where the scheduler finds room. */
  readonly node: string | null;
  /** Keys of taints that its node carries. */
  readonly taints: readonly string[];
}

export interface ClusterObjects {
  readonly objects: readonly Record<string, unknown>[];
  /** What is not carried over, or has to be done by hand; each a sentence. */
  readonly warnings: readonly string[];
}

/** Deployment, Service, and a claim for each volume. Nothing of the machine's file system goes along. */
export function toCluster(spec: ContainerSpec, choices: ClusterChoices): ClusterObjects {
  const metadata = (name: string) => ({
    name,
    namespace: choices.namespace,
    labels: { 'app.kubernetes.io/name': spec.name },
  });
  const claims = spec.volumes.map(({ name }) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadata(`${spec.name}-${name}`),
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${choices.volumeGib}Gi` } },
    },
  }));
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: metadata(spec.name),
    spec: {
      replicas: 1,
      // A second one beside the first would wait for the same card and the same volume for ever.
      strategy: { type: 'Recreate' },
      // Weights are downloaded and loaded before it is ready; ten minutes is what Kubernetes waits else.
      progressDeadlineSeconds: Math.max(600, spec.health.startSeconds + 60),
      selector: { matchLabels: { 'app.kubernetes.io/name': spec.name } },
      template: {
        metadata: { labels: { 'app.kubernetes.io/name': spec.name } },
        spec: podSpec(spec, choices),
      },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata(spec.name),
    spec: {
      selector: { 'app.kubernetes.io/name': spec.name },
      ports: [{ name: 'http', port: spec.port.outside, targetPort: 'http' }],
    },
  };
  return { objects: [...claims, deployment, service], warnings: warningsOf(spec, choices) };
}

const wanted = ({ gpus }: ContainerSpec) => (typeof gpus === 'number' ? gpus : gpus.length);

function podSpec(spec: ContainerSpec, { node, taints, gpuResource }: ClusterChoices) {
  const shared = spec.sharedMemoryBytes;
  return {
    // Else variables of services, such as OLLAMA_PORT, take the place of the program's own.
    enableServiceLinks: false,
    ...(node === null ? {} : { nodeSelector: { 'kubernetes.io/hostname': node } }),
    ...(taints.length === 0
      ? {}
      : { tolerations: taints.map((key) => ({ key, operator: 'Exists' })) }),
    containers: [
      {
        name: spec.name,
        image: spec.image,
        ...(spec.arguments.length === 0 ? {} : { args: spec.arguments.map(literal) }),
        ...environmentOf(spec),
        ports: [{ name: 'http', containerPort: spec.port.inside }],
        ...probesOf(spec),
        ...(gpuResource === null || wanted(spec) === 0
          ? {}
          : { resources: { limits: { [gpuResource]: wanted(spec) } } }),
        volumeMounts: [
          ...spec.volumes.map(({ name, path }) => ({ name, mountPath: path })),
          ...(shared === null ? [] : [{ name: 'shared-memory', mountPath: '/dev/shm' }]),
        ],
      },
    ],
    volumes: [
      ...spec.volumes.map(({ name }) => ({
        name,
        persistentVolumeClaim: { claimName: `${spec.name}-${name}` },
      })),
      ...(shared === null
        ? []
        : [{ name: 'shared-memory', emptyDir: { medium: 'Memory', sizeLimit: `${shared}` } }]),
    ],
  };
}

/** Kubernetes replaces `$(NAME)` in arguments and values. */
const literal = (text: string) => text.replaceAll('$(', '$$(');

function environmentOf(spec: ContainerSpec) {
  const plain = Object.entries(spec.environment).map(([name, value]) => ({
    name,
    value: literal(value),
  }));
  const secret = spec.secrets.map((name) => ({
    name,
    valueFrom: { secretKeyRef: { name: `${spec.name}-secrets`, key: name, optional: true } },
  }));
  const env = [...plain, ...secret];
  return env.length === 0 ? {} : { env };
}

function probesOf({ health }: ContainerSpec) {
  const httpGet = { path: health.path, port: 'http' };
  return {
    startupProbe: {
      httpGet,
      periodSeconds: 10,
      failureThreshold: Math.ceil(health.startSeconds / 10),
    },
    readinessProbe: { httpGet, periodSeconds: 10 },
    livenessProbe: { httpGet, periodSeconds: 30, failureThreshold: 4 },
  };
}

function warningsOf(spec: ContainerSpec, { gpuResource }: ClusterChoices): string[] {
  return [
    ...(wanted(spec) > 0 && gpuResource === null
      ? ['No GPU is asked for: nothing says that the cluster has a device plugin.']
      : []),
    ...(typeof spec.gpus === 'number'
      ? []
      : ['Which card by its UUID is not carried over: the device plugin chooses.']),
    ...(spec.secrets.length === 0
      ? []
      : [
          `${spec.secrets.join(', ')}: read from a Secret ${spec.name}-secrets, which is not written here; it starts without them until there is one.`,
        ]),
    ...(spec.volumes.length === 0
      ? []
      : ['What the volumes hold now is not copied; weights are downloaded again.']),
  ];
}
