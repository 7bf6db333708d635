import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from '../cluster/api.ts';
import {
  apiserverArguments,
  controllerManagerArguments,
  schedulerArguments,
} from '../cluster/arguments.ts';
import { startChild } from './child.ts';
import { read, readPair } from './files.ts';
import { log } from './log.ts';
import type { Options } from './options.ts';
import { localPort, programs, serverDirectory, tlsDirectory } from './places.ts';
import type { SharedConfig } from './supervisor.ts';

const kineSocket = `${serverDirectory}/kine.sock`;

/** SQLite, which a server has by itself. */
export async function startKine(): Promise<void> {
  const parameters =
    '_journal_mode=WAL&_busy_timeout=30000&_synchronous=OFF&_txlock=immediate&cache=shared';
  startChild('kine', [
    programs.kine,
    `--endpoint=sqlite://${serverDirectory}/db/state.db?${parameters}`,
    `--listen-address=unix://${kineSocket}`,
    '--metrics-bind-address=0',
  ]);
  while (!existsSync(kineSocket)) await sleep(50);
  log('info', `Kine available at unix://${kineSocket}`);
}

type Flags = Readonly<Record<string, string>>;

/** Of what the test cluster gives to a part some is otherwise in K3s: its files have other names. */
function withFlags(words: readonly string[], values: Flags): readonly string[] {
  const isReplaced = (word: string) => /^--([a-z-]+)=/.exec(word)?.[1] ?? '';
  const kept = words.filter((word) => !(isReplaced(word) in values));
  return [...kept, ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)];
}

function storeFlags(store: 'kine' | 'etcd'): Flags {
  if (store === 'kine') return { 'etcd-servers': `unix://${kineSocket}` };
  const tls = `${tlsDirectory}/etcd`;
  return {
    'etcd-servers': 'https://127.0.0.1:2379',
    'etcd-cafile': `${tls}/server-ca.crt`,
    'etcd-certfile': `${tls}/client.crt`,
    'etcd-keyfile': `${tls}/client.key`,
  };
}

interface Plane {
  readonly shared: SharedConfig;
  readonly store: 'kine' | 'etcd';
  /** The node's own. */
  readonly address: string;
}

function apiserver({ shared, store, address }: Plane): readonly string[] {
  const place = { directory: tlsDirectory, port: localPort, bind: '127.0.0.1', store: '' };
  const files: Flags = {
    'client-ca-file': 'client-ca.crt',
    'tls-cert-file': 'serving-kube-apiserver.crt',
    'tls-private-key-file': 'serving-kube-apiserver.key',
    'kubelet-certificate-authority': 'server-ca.crt',
    'kubelet-client-certificate': 'client-kube-apiserver.crt',
    'kubelet-client-key': 'client-kube-apiserver.key',
    'service-account-key-file': 'service.crt',
    'service-account-signing-key-file': 'service.key',
    'requestheader-client-ca-file': 'request-header-ca.crt',
    'proxy-client-cert-file': 'client-auth-proxy.crt',
    'proxy-client-key-file': 'client-auth-proxy.key',
  };
  const inTls = Object.entries(files).map(([flag, name]) => [flag, `${tlsDirectory}/${name}`]);
  return withFlags(apiserverArguments(place), {
    ...Object.fromEntries(inTls),
    'service-cluster-ip-range': String(shared['service-cidr']),
    'requestheader-allowed-names': 'system:auth-proxy',
    'advertise-address': address,
    'endpoint-reconciler-type': 'lease',
    ...storeFlags(store),
  });
}

const moreOf = (options: Options, key: Parameters<Options['list']>[0]) =>
  options.list(key).map((text) => `--${text}`);

/** What stands for the parts of Kubernetes within K3s; they log where K3s does. */
export async function startControlPlane(options: Options, plane: Plane): Promise<Api> {
  const words = [...apiserver(plane), ...moreOf(options, 'kube-apiserver-arg')];
  log('info', `Running ${words.join(' ')}`);
  startChild('apiserver', [programs.kubernetes, ...words]);
  const api = new Api({
    server: `https://127.0.0.1:${localPort}`,
    authority: read(`${tlsDirectory}/server-ca.crt`),
    credentials: readPair(`${tlsDirectory}/client-supervisor`),
  });
  while (!(await isReady(api))) await sleep(100);
  startControllers(options, plane.shared);
  return api;
}

async function isReady(api: Api): Promise<boolean> {
  const answer = await api.request('GET', '/readyz', { timeoutMs: 2_000 }).catch(() => null);
  return answer?.status === 200;
}

function startControllers(options: Options, shared: SharedConfig): void {
  const directory = tlsDirectory;
  const cred = `${serverDirectory}/cred`;
  const podNetwork = String(shared['cluster-cidr']);
  const manager = controllerManagerArguments({ directory, nodeGraceSeconds: 16, podNetwork });
  startChild('controller-manager', [
    programs.kubernetes,
    ...withFlags(manager, {
      kubeconfig: `${cred}/controller.kubeconfig`,
      'service-account-private-key-file': `${directory}/service.key`,
      'root-ca-file': `${directory}/server-ca.crt`,
      'cluster-signing-cert-file': `${directory}/client-ca.crt`,
      'cluster-signing-key-file': `${directory}/client-ca.key`,
      'service-cluster-ip-range': String(shared['service-cidr']),
      'leader-elect': 'true',
    }),
    ...moreOf(options, 'kube-controller-manager-arg'),
  ]);
  startChild('scheduler', [
    programs.kubernetes,
    ...withFlags(schedulerArguments(directory), {
      kubeconfig: `${cred}/scheduler.kubeconfig`,
      'leader-elect': 'true',
    }),
    ...moreOf(options, 'kube-scheduler-arg'),
  ]);
}
