import { z } from 'zod';
import { parseAddress } from '../network/address.ts';
import { parsePrefix } from '../network/prefix.ts';

/** How a node takes part: the first server makes the cluster, further ones and agents join it. */
export const k3sRole = z.enum(['first-server', 'server', 'agent']);
export type K3sRole = z.infer<typeof k3sRole>;

const address = z
  .string()
  .max(64)
  .refine((text) => parseAddress(text) !== undefined, 'an IP address');
const prefix = z
  .string()
  .max(64)
  .refine((text) => parsePrefix(text) !== undefined, 'a prefix such as 10.42.0.0/16');

/** As Kubernetes takes names of nodes: RFC 1123. */
const nodeName = z
  .string()
  .max(253)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, 'a name of a node');

/** `prefix/name` with an optional DNS prefix. */
export const labelKey = z
  .string()
  .max(317)
  .regex(
    /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/,
    'a label',
  );
export const labelValue = z
  .string()
  .max(63)
  .regex(/^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/, 'the value of a label');

export const taint = z.object({
  key: labelKey,
  value: labelValue.default(''),
  effect: z.enum(['NoSchedule', 'PreferNoSchedule', 'NoExecute']),
});

const interfaceName = z
  .string()
  .max(15)
  .regex(/^[^\s/:]+$/, 'the name of an interface');

/** A name or address that the certificate of a server shall hold. */
export const tlsName = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]+$/, 'a name or address');

export const serverAddress = z
  .string()
  .trim()
  .max(300)
  .regex(/^https:\/\/(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):\d{1,5}$/, 'https://SERVER:6443');

/** Parts of K3s that a server may be started without; on all of them or on none. */
export const sharedSwitches = [
  'disable-cloud-controller',
  'disable-helm-controller',
  'disable-kube-proxy',
  'disable-network-policy',
  'flannel-ipv6-masq',
  'flannel-external-ip',
] as const;
type SharedSwitch = (typeof sharedSwitches)[number];

/** What has to be the same on all servers of a cluster; taken from one that runs where there is one. */
export const sharedSettings = z.object({
  clusterCidr: z.array(prefix).max(2).default([]),
  serviceCidr: z.array(prefix).max(2).default([]),
  clusterDns: z.array(address).max(2).default([]),
  clusterDomain: nodeName.nullable().default(null),
  disable: z
    .array(
      z
        .string()
        .max(60)
        .regex(/^[a-z0-9-]+$/),
    )
    .max(20)
    .default([]),
  flannelBackend: z.enum(['vxlan', 'host-gw', 'wireguard-native', 'none']).nullable().default(null),
  secretsEncryption: z.boolean().default(false),
  embeddedRegistry: z.boolean().default(false),
  egressSelectorMode: z.enum(['disabled', 'agent', 'pod', 'cluster']).nullable().default(null),
  switches: z.array(z.enum(sharedSwitches)).max(10).default([]),
});
export type SharedSettings = z.infer<typeof sharedSettings>;

/** What a node is started with. It always stands in config.yaml, never on a command line alone. */
export const k3sSettings = z.object({
  role: k3sRole,
  nodeName,
  /** One of each family at the most; of the VLAN that nodes talk over. */
  nodeIps: z.array(address).max(2).default([]),
  flannelInterface: interfaceName.nullable().default(null),
  /** Count at registration alone. */
  labels: z.record(labelKey, labelValue).default({}),
  taints: z.array(taint).max(20).default([]),
  /** Names and addresses beside its own that the certificate of a server shall hold. */
  tlsNames: z.array(tlsName).max(20).default([]),
  /** Whom it joins: `https://10.0.0.1:6443`. Null: the first server. */
  server: serverAddress.nullable().default(null),
  /** Of the first server: SQLite, or an etcd that further servers can join. */
  datastore: z.enum(['sqlite', 'etcd']).default('sqlite'),
  shared: sharedSettings.prefault({}),
  preferBundledBin: z.boolean().default(false),
  selinux: z.boolean().default(false),
});
export type K3sSettings = z.infer<typeof k3sSettings>;

/** What contradicts itself in settings that are each well formed; in sentences, none: nothing. */
export function settingsFaults(settings: K3sSettings): readonly string[] {
  const { role, server, nodeIps, shared, taints } = settings;
  const faults: string[] = [];
  if (role === 'first-server' && server !== null)
    faults.push('The first server joins nobody: no address of a server is given to it.');
  // Trap: a server with an address and no token, or the other way round, starts a cluster of its own.
  if (role !== 'first-server' && server === null)
    faults.push('Whoever joins needs the address of a server.');
  if (families(nodeIps).size !== nodeIps.length)
    faults.push('A node has one address of each family at the most.');
  if (familiesOf(shared.clusterCidr) !== familiesOf(shared.serviceCidr))
    faults.push('The ranges of pods and of services need the same families of addresses.');
  const taken = taints.map(({ key, effect }) => `${key}:${effect}`);
  if (new Set(taken).size !== taken.length) faults.push('A taint is given twice.');
  return faults;
}

function families(texts: readonly string[]): ReadonlySet<4 | 6> {
  return new Set(texts.map((text) => (text.includes(':') ? 6 : 4)));
}

/** Of ranges; K3s takes one of IPv4 where none is given. */
function familiesOf(ranges: readonly string[]): string {
  return ranges.length === 0 ? '4' : [...families(ranges)].sort().join();
}

/** Keys of config.yaml that have to be the same on all servers, with how each is called in words. */
export const SHARED_KEYS = {
  'cluster-cidr': 'range of pods',
  'service-cidr': 'range of services',
  'cluster-dns': 'DNS of the cluster',
  'cluster-domain': 'domain of the cluster',
  disable: 'what is left out',
  'flannel-backend': 'network between nodes',
  'secrets-encryption': 'encryption of secrets',
  'embedded-registry': 'embedded registry',
  'egress-selector-mode': 'way of the API to pods',
  'disable-cloud-controller': 'cloud controller',
  'disable-helm-controller': 'Helm controller',
  'disable-kube-proxy': 'kube-proxy',
  'disable-network-policy': 'network policies',
  'flannel-ipv6-masq': 'masquerading of IPv6',
  'flannel-external-ip': 'external addresses between nodes',
} as const;
export type SharedKey = keyof typeof SHARED_KEYS;

/** A flag that differs between two servers. */
export interface SharedDifference {
  readonly key: SharedKey;
  readonly says: string;
}

/** The settings in the words of config.yaml; what K3s takes by default is left out. */
export function sharedConfig(shared: SharedSettings): Record<string, unknown> {
  const on = (name: SharedSwitch) => shared.switches.includes(name) || null;
  const lines: Record<SharedKey, unknown> = {
    'cluster-cidr': list(shared.clusterCidr),
    'service-cidr': list(shared.serviceCidr),
    'cluster-dns': list(shared.clusterDns),
    'cluster-domain': shared.clusterDomain,
    disable: shared.disable.length > 0 ? [...shared.disable].sort() : null,
    'flannel-backend': shared.flannelBackend,
    'secrets-encryption': shared.secretsEncryption || null,
    'embedded-registry': shared.embeddedRegistry || null,
    'egress-selector-mode': shared.egressSelectorMode,
    'disable-cloud-controller': on('disable-cloud-controller'),
    'disable-helm-controller': on('disable-helm-controller'),
    'disable-kube-proxy': on('disable-kube-proxy'),
    'disable-network-policy': on('disable-network-policy'),
    'flannel-ipv6-masq': on('flannel-ipv6-masq'),
    'flannel-external-ip': on('flannel-external-ip'),
  };
  return Object.fromEntries(Object.entries(lines).filter(([, value]) => value !== null));
}

function list(texts: readonly string[]): string | null {
  return texts.length > 0 ? texts.join(',') : null;
}

/** What differs between what a joining server would be given and what one that runs has. */
export function sharedDifferences(
  joining: SharedSettings,
  running: SharedSettings,
): readonly SharedDifference[] {
  const [a, b] = [sharedConfig(joining), sharedConfig(running)];
  // The keys are those of the table.
  return (Object.keys(SHARED_KEYS) as SharedKey[])
    .filter((key) => JSON.stringify(a[key] ?? null) !== JSON.stringify(b[key] ?? null))
    .map((key) => ({
      key,
      says: `${SHARED_KEYS[key]}: ${word(a[key])} here, ${word(b[key])} on the server that runs`,
    }));
}

function word(value: unknown): string {
  if (value === undefined) return 'the default';
  return Array.isArray(value) ? value.join(', ') : String(value);
}
