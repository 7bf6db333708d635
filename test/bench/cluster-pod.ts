/** Nodes and pods as a kubelet writes them, for a cluster that only a server of ours plays. */

const since = '2026-11-30T10:00:00Z';
export const podsPerNode = 50;

const name = (at: number) => `app-${at % 50}-7d9c6b5f4-${String(at).padStart(5, '0')}`;
const namespace = (at: number) => `team-${at % 20}`;

interface Stamp {
  readonly version: number;
  /** What is counted as restarts, and so tells when it was written. */
  readonly restarts: number;
}

export function benchPod(at: number, { version, restarts }: Stamp): object {
  return {
    metadata: {
      name: name(at),
      namespace: namespace(at),
      uid: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      resourceVersion: String(version),
      creationTimestamp: since,
      labels: { app: `app-${at % 50}`, 'pod-template-hash': '7d9c6b5f4', tier: 'web' },
      annotations: { 'kubectl.kubernetes.io/restartedAt': since },
      ownerReferences: [
        {
          ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `app-${at % 50}-7d9c6b5f4` },
          ...{ uid: `rs-${at % 50}`, controller: true, blockOwnerDeletion: true },
        },
      ],
      managedFields: [managed('kube-controller-manager'), managed('kubelet')],
    },
    spec: podSpec(at),
    status: podStatus(at, restarts),
  };
}

/** As long as they are in a real cluster, and as useless. */
function managed(manager: string): object {
  const fields = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`f:field-${at}`, { '.': {}, 'f:value': {} }]),
  );
  return {
    ...{ manager, operation: 'Update', apiVersion: 'v1', time: since },
    ...{ fieldsType: 'FieldsV1', fieldsV1: { 'f:spec': fields } },
  };
}

function podSpec(at: number): object {
  const env = Array.from({ length: 8 }, (_, n) => ({ name: `SETTING_${n}`, value: `value ${n}` }));
  const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, timeoutSeconds: 1 };
  return {
    nodeName: `node-${Math.floor(at / podsPerNode)}`,
    serviceAccountName: 'default',
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    containers: [
      {
        ...{ name: 'app', image: `registry.lan/app-${at % 50}:1.4.2`, env },
        resources: { requests: { cpu: '50m', memory: '64Mi' }, limits: { memory: '128Mi' } },
        ...{ livenessProbe: probe, readinessProbe: probe },
        volumeMounts: [{ name: 'token', mountPath: '/var/run/secrets', readOnly: true }],
      },
    ],
    volumes: [
      {
        name: 'token',
        projected: {
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: 3607 } },
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
    tolerations: ['not-ready', 'unreachable'].map((key) => ({
      ...{ key: `node.kubernetes.io/${key}`, operator: 'Exists', effect: 'NoExecute' },
      tolerationSeconds: 300,
    })),
  };
}

function podStatus(at: number, restartCount: number): object {
  const types = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'];
  return {
    phase: 'Running',
    startTime: since,
    podIP: `10.42.${at >> 8}.${at & 255}`,
    podIPs: [{ ip: `10.42.${at >> 8}.${at & 255}` }],
    qosClass: 'Burstable',
    conditions: types.map((type) => ({ type, status: 'True', lastTransitionTime: since })),
    containerStatuses: [
      {
        ...{ name: 'app', ready: true, started: true, restartCount },
        state: { running: { startedAt: since } },
        lastState: {},
        image: `registry.lan/app-${at % 50}:1.4.2`,
        containerID: `containerd://${String(at).padStart(64, '0')}`,
      },
    ],
  };
}

export function benchNode(at: number): object {
  return {
    metadata: {
      ...{ name: `node-${at}`, uid: `node-${at}`, resourceVersion: '1', creationTimestamp: since },
      labels: { 'kubernetes.io/hostname': `node-${at}`, 'kubernetes.io/arch': 'arm64' },
    },
    spec: {},
    status: {
      capacity: { cpu: '4', memory: '8Gi', pods: '110' },
      allocatable: { cpu: '4', memory: '7800Mi', pods: '110' },
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: since }],
      addresses: [{ type: 'InternalIP', address: `10.20.10.${at}` }],
      nodeInfo: { kubeletVersion: 'v1.37.2+k3s1', architecture: 'arm64' },
    },
  };
}
