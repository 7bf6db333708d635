import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { log } from './log.ts';
import { configFile } from './places.ts';

/** Keys that an agent knows; a server knows these and its own. */
const nodeKeys = [
  ...['server', 'token', 'token-file', 'node-name', 'with-node-id', 'node-label', 'node-taint'],
  ...['node-ip', 'node-external-ip', 'flannel-iface', 'flannel-conf', 'resolv-conf', 'kubelet-arg'],
  ...[
    'kube-proxy-arg',
    'private-registry',
    'data-dir',
    'selinux',
    'prefer-bundled-bin',
    'snapshotter',
  ],
  ...['pause-image', 'protect-kernel-defaults', 'rootless', 'docker', 'container-runtime-endpoint'],
  ...['debug', 'v', 'vmodule', 'log', 'alsologtostderr', 'lb-server-port', 'node-internal-dns'],
  ...['bind-address', 'disable-default-registry-endpoint', 'vpn-auth', 'vpn-auth-file'],
] as const;
const serverKeys = [
  ...[
    'cluster-init',
    'cluster-reset',
    'cluster-reset-restore-path',
    'agent-token',
    'agent-token-file',
  ],
  ...['tls-san', 'tls-san-security', 'cluster-cidr', 'service-cidr', 'service-node-port-range'],
  ...['cluster-dns', 'cluster-domain', 'disable', 'disable-agent', 'disable-cloud-controller'],
  ...[
    'disable-helm-controller',
    'disable-kube-proxy',
    'disable-network-policy',
    'disable-apiserver',
  ],
  ...['disable-scheduler', 'disable-controller-manager', 'disable-etcd', 'flannel-backend'],
  ...[
    'flannel-external-ip',
    'flannel-ipv6-masq',
    'secrets-encryption',
    'secrets-encryption-provider',
  ],
  ...['embedded-registry', 'egress-selector-mode', 'advertise-address', 'advertise-port'],
  ...['https-listen-port', 'datastore-endpoint', 'datastore-cafile', 'datastore-certfile'],
  ...['datastore-keyfile', 'write-kubeconfig', 'write-kubeconfig-mode', 'write-kubeconfig-group'],
  ...['kube-apiserver-arg', 'kube-scheduler-arg', 'kube-controller-manager-arg', 'etcd-arg'],
  ...['etcd-expose-metrics', 'etcd-disable-snapshots', 'etcd-snapshot-name', 'etcd-snapshot-dir'],
  ...[
    'etcd-snapshot-schedule-cron',
    'etcd-snapshot-retention',
    'etcd-snapshot-compress',
    'etcd-s3',
  ],
  ...['supervisor-metrics', 'default-local-storage-path', 'kine-tls', 'helm-job-image'],
] as const;
export type Key = (typeof nodeKeys)[number] | (typeof serverKeys)[number];

const fromEnvironment: Readonly<Record<string, Key>> = {
  K3S_URL: 'server',
  K3S_TOKEN: 'token',
  K3S_TOKEN_FILE: 'token-file',
  K3S_NODE_NAME: 'node-name',
  K3S_AGENT_TOKEN: 'agent-token',
  K3S_CLUSTER_INIT: 'cluster-init',
};

export type Command = 'server' | 'agent';

export class UnknownFlag extends Error {
  override readonly name = 'UnknownFlag';
}

/** What K3s was started with: the command line wins over the environment, which wins over files. */
export class Options {
  readonly #values: ReadonlyMap<string, readonly string[]>;

  constructor(values: ReadonlyMap<string, readonly string[]>) {
    this.#values = values;
  }

  list(key: Key): readonly string[] {
    return (this.#values.get(key) ?? []).flatMap((text) => text.split(',')).filter(Boolean);
  }

  text(key: Key): string | null {
    return this.#values.get(key)?.at(-1) || null;
  }

  isOn(key: Key): boolean {
    return this.text(key) === 'true';
  }

  /** As a node tells of itself: each flag with its value, secrets as stars. */
  asArguments(): readonly string[] {
    return [...this.#values].flatMap(([key, values]) =>
      values.flatMap((value) => [`--${key}`, /^(agent-)?token$/.test(key) ? '********' : value]),
    );
  }
}

const isKnown = (command: Command, key: string) =>
  [...nodeKeys, ...(command === 'server' ? serverKeys : [])].some((one) => one === key);

export function readOptions(command: Command, words: readonly string[]): Options {
  const values = new Map<string, readonly string[]>();
  for (const [key, list] of fileValues(command)) values.set(key, list);
  for (const [name, key] of Object.entries(fromEnvironment)) {
    const value = process.env[name];
    if (value) values.set(key, [value]);
  }
  for (const [key, list] of flagValues(words)) {
    if (!isKnown(command, key)) throw new UnknownFlag(`flag provided but not defined: -${key}`);
    values.set(key, list);
  }
  return new Options(values);
}

function flagValues(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [, key = '', given] = /^--?([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
    const next = words[at + 1];
    const takesNext = given === undefined && next !== undefined && !next.startsWith('-');
    if (takesNext) at += 1;
    values.set(key, [...(values.get(key) ?? []), given ?? (takesNext ? next : 'true')]);
  }
  return values;
}

function fileValues(command: Command): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const file of configFiles()) {
    const content: unknown = parse(readFileSync(file, 'utf8')) ?? {};
    if (typeof content !== 'object') continue;
    for (const [name, value] of Object.entries(content ?? {})) {
      const key = name.replace(/\+$/, '');
      if (!isKnown(command, key)) {
        if (command === 'agent') throw new UnknownFlag(`flag provided but not defined: -${key}`);
        log('warning', `Unknown flag --${key} found in config.yaml, skipping\n`);
        continue;
      }
      const list = (Array.isArray(value) ? value : [value]).map(String);
      values.set(key, name.endsWith('+') ? [...(values.get(key) ?? []), ...list] : list);
    }
  }
  return values;
}

function configFiles(): readonly string[] {
  const directory = `${configFile}.d`;
  const more = existsSync(directory)
    ? readdirSync(directory).filter((one) => /\.ya?ml$/.test(one))
    : [];
  return [
    ...(existsSync(configFile) ? [configFile] : []),
    ...more.sort().map((name) => `${directory}/${name}`),
  ];
}
