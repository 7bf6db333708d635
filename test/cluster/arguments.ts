/**
 * The command lines of a cluster's parts. They name files only, so they hold on this computer and in a
 * node of the rack alike.
 */

export interface ApiserverPlace {
  /** Of `writeClusterFiles`. */
  readonly directory: string;
  readonly port: number;
  /** Where it listens. */
  readonly bind: string;
  /** What it tells pods and nodes of itself; left out it is the address it listens on. */
  readonly advertise?: string;
  readonly store: string;
}

function flags(values: Readonly<Record<string, string | number | boolean>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

export function apiserverArguments(place: ApiserverPlace): readonly string[] {
  const { directory, port, bind, advertise = bind, store } = place;
  return [
    'kube-apiserver',
    ...flags({
      'etcd-servers': store,
      'secure-port': port,
      'bind-address': bind,
      'advertise-address': advertise,
      'endpoint-reconciler-type': 'none',
      'client-ca-file': `${directory}/ca.crt`,
      'tls-cert-file': `${directory}/server.crt`,
      'tls-private-key-file': `${directory}/server.key`,
      'kubelet-client-certificate': `${directory}/kubelet-client.crt`,
      'kubelet-client-key': `${directory}/kubelet-client.key`,
      'kubelet-preferred-address-types': 'InternalIP,Hostname',
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'service-account-key-file': `${directory}/service-account.crt`,
      'service-account-signing-key-file': `${directory}/service-account.key`,
      'requestheader-client-ca-file': `${directory}/front-ca.crt`,
      'requestheader-allowed-names': 'front-proxy',
      'requestheader-username-headers': 'X-Remote-User',
      'requestheader-group-headers': 'X-Remote-Group',
      'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
      'proxy-client-cert-file': `${directory}/front.crt`,
      'proxy-client-key-file': `${directory}/front.key`,
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'enable-bootstrap-token-auth': true,
      'allow-privileged': true,
      'service-cluster-ip-range': '10.43.0.0/16',
      profiling: false,
      'shutdown-delay-duration': '0s',
    }),
  ];
}

export interface ManagerOptions {
  readonly directory: string;
  /** Seconds without news of a node until it counts as lost. Default 40, as Kubernetes has it. */
  readonly nodeGraceSeconds?: number;
  /** Gives each node a part of it for its pods. */
  readonly podNetwork?: string;
}

const manyRequests = { 'kube-api-qps': 500, 'kube-api-burst': 1000 };

export function controllerManagerArguments(options: ManagerOptions): readonly string[] {
  const { directory, nodeGraceSeconds, podNetwork } = options;
  return [
    'kube-controller-manager',
    ...flags({
      kubeconfig: `${directory}/kube-controller-manager.kubeconfig`,
      controllers: '*,bootstrap-signer-controller,token-cleaner-controller',
      'service-account-private-key-file': `${directory}/service-account.key`,
      'root-ca-file': `${directory}/ca.crt`,
      'cluster-signing-cert-file': `${directory}/ca.crt`,
      'cluster-signing-key-file': `${directory}/ca.key`,
      'use-service-account-credentials': true,
      'leader-elect': false,
      'secure-port': 0,
      profiling: false,
      ...manyRequests,
      ...(nodeGraceSeconds ? { 'node-monitor-grace-period': `${nodeGraceSeconds}s` } : {}),
      ...(podNetwork ? { 'allocate-node-cidrs': true, 'cluster-cidr': podNetwork } : {}),
    }),
  ];
}

export function schedulerArguments(directory: string): readonly string[] {
  return [
    'kube-scheduler',
    ...flags({
      kubeconfig: `${directory}/kube-scheduler.kubeconfig`,
      'leader-elect': false,
      'secure-port': 0,
      profiling: false,
      ...manyRequests,
    }),
  ];
}

export function etcdArguments(
  directory: string,
  ports: { readonly client: number; readonly peer: number },
): readonly string[] {
  const client = `http://127.0.0.1:${ports.client}`;
  const peer = `http://127.0.0.1:${ports.peer}`;
  return [
    'etcd',
    ...flags({
      name: 'default',
      'data-dir': `${directory}/etcd`,
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': peer,
      'initial-advertise-peer-urls': peer,
      'initial-cluster': `default=${peer}`,
      // A test's store outlives no power cut; a disk that waits would only slow it down.
      'unsafe-no-fsync': true,
      'log-level': 'warn',
    }),
  ];
}

export function kineArguments(directory: string): readonly string[] {
  const parameters =
    '_journal_mode=WAL&_busy_timeout=30000&_synchronous=OFF&_txlock=immediate&cache=shared';
  return flags({
    endpoint: `sqlite://${directory}/state.db?${parameters}`,
    'listen-address': `unix://${directory}/kine.sock`,
    'metrics-bind-address': '0',
  });
}

export function metricsServerArguments(directory: string, port: number): readonly string[] {
  const kubeconfig = `${directory}/metrics-server.kubeconfig`;
  return flags({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'secure-port': port,
    'bind-address': '127.0.0.1',
    'tls-cert-file': `${directory}/server.crt`,
    'tls-private-key-file': `${directory}/server.key`,
    'kubelet-insecure-tls': true,
    'kubelet-preferred-address-types': 'InternalIP',
    // The least that it takes; usage is known after two of them.
    'metric-resolution': '10s',
  });
}
