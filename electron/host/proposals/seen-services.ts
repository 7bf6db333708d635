import type { Facts, SectionData } from '../../../shared/model/facts.ts';
import type { ServicePort } from '../../../shared/model/proposals.ts';
import { comparedInterfaces } from '../inventory/index.ts';
import { type SeenContainer, seenContainers } from './seen-containers.ts';
import { seenWorkloads } from './seen-workloads.ts';
import {
  dnsAndDhcp,
  noise,
  type Product,
  products,
  publishers,
  runtimes,
} from './service-catalogue.ts';
import type { ServiceThing } from './thing.ts';

type Listener = SectionData<'listeningPorts'>[number];

/** A service that a machine shows, before it is known what of it is declared. */
export interface SeenService {
  readonly product: string;
  readonly kind: string;
  readonly everywhere: boolean;
  readonly web: boolean;
  /** Several of the product on one machine are told apart by their port. */
  readonly instances: boolean;
  readonly process: string | null;
  readonly ports: readonly (ServicePort & {
    /** `*` stands for all. */
    readonly addresses: readonly string[];
  })[];
  readonly local: boolean;
  /** What it runs in, where an engine lists it. */
  readonly container: ServiceThing['container'];
  /** Other words for why: the role in a cluster, say. */
  readonly notes: readonly string[];
  /** A declared name or kind that means this one. */
  readonly words: RegExp;
}

/** Above this the kernel gives ports out by itself; what listens there by chance is no service. */
const firstEphemeral = 32_768;

/** Services that these facts show, one for each that a person would name. */
export function seenServices(facts: Facts): readonly SeenService[] {
  const section = facts.sections.listeningPorts;
  const listeners = section.status === 'ok' ? section.data : [];
  const inner = workloadAddresses(facts);
  const containers = seenContainers(facts);
  const groups = new Map<string, Group>(
    containers.map((container) => [
      container.key,
      { ...container, listeners: container.published },
    ]),
  );
  for (const listener of listeners) {
    if (isNoise(listener, inner)) continue;
    const found = productOf(listener);
    const owner = containerOf(listener, found, containers);
    if (owner !== undefined) {
      const process = owner.hostNetwork ? listener.process : null;
      groups.get(owner.key)?.listeners.push({ ...listener, process });
      continue;
    }
    const local = isLoopback(listener.address);
    if (found === undefined && (local || !isWorthAName(listener))) continue;
    const product = found ?? unnamed(listener);
    const key = groupKey(product, listener);
    const group = groups.get(key) ?? { product, listeners: [] };
    groups.set(key, group);
    group.listeners.push(listener);
  }
  const workloads = seenWorkloads(facts).map(({ product, note }) => ({
    product,
    listeners: [],
    notes: [note],
  }));
  return [...withKubernetes(groups, facts).values(), ...workloads].map(serviceOf);
}

/** A published port is its container's, whoever listens; in the machine's own network its program tells. */
function containerOf(
  { protocol, port }: Listener,
  product: Product | undefined,
  containers: readonly SeenContainer[],
): SeenContainer | undefined {
  return (
    containers.find(({ published }) =>
      published.some((one) => one.protocol === protocol && one.port === port),
    ) ??
    containers.find(
      ({ hostNetwork, runs }) =>
        hostNetwork && product !== undefined && runs?.name === product.name,
    )
  );
}

interface Group {
  readonly product: Product;
  readonly container?: ServiceThing['container'];
  readonly listeners: Listener[];
  readonly notes?: readonly string[];
}

function groupKey(product: Product, { port }: Listener): string {
  return product.instances ? `${product.name}/${port}` : product.name;
}

function isNoise(listener: Listener, inner: ReadonlySet<string>): boolean {
  const { process, port, protocol } = listener;
  if (port < 1 || port > 65_535) return true;
  if (process !== null && noise.test(process)) return true;
  if (process === null && quietPorts.has(`${protocol}/${port}`)) return true;
  // Time is kept on every machine; one that gives it to others answers on a port of its own.
  if (protocol === 'udp' && port === 323) return true;
  return inner.has(listener.address);
}

/** sshd, rpcbind, mDNS, LLMNR, DHCP and DHCPv6 clients, syslog, what browsers of shares ask. */
const quietPorts: ReadonlySet<string> = new Set([
  'tcp/22',
  'tcp/111',
  'udp/111',
  'udp/5353',
  'udp/5355',
  'tcp/5355',
  'udp/68',
  'udp/546',
  'udp/123',
  'udp/514',
  'udp/137',
  'udp/138',
]);

/** Addresses that container engines and hypervisors gave to their own networks. */
function workloadAddresses(facts: Facts): ReadonlySet<string> {
  const { interfaces } = facts.sections;
  if (interfaces.status !== 'ok') return new Set();
  const own = new Set(comparedInterfaces(facts).map(({ name }) => name));
  return new Set(
    interfaces.data
      .filter(({ name, kind }) => kind !== 'loopback' && !own.has(name))
      .flatMap(({ addresses }) => addresses.map(({ address }) => address.split('/')[0] ?? '')),
  );
}

function productOf(listener: Listener): Product | undefined {
  const { process, port, protocol } = listener;
  if (process !== null && dnsAndDhcp.test(process) && protocol === 'udp') {
    if (port === 67 || port === 547) return named('DHCP');
  }
  const byProcess = process === null ? undefined : processProduct(process);
  if (byProcess !== undefined) return byProcess;
  if (process !== null && !runtimes.test(process)) return undefined;
  const byPort = products.find((product) => product[protocol]?.includes(port));
  // Behind a web port of a container anything may stand; a database's port is telling.
  const isHidden = process !== null && publishers.test(process) && byPort?.name === 'Web server';
  return isHidden ? containerOn(port) : byPort;
}

function containerOn(port: number): Product {
  return { name: `Container on port ${port}`, kind: 'container', words: /container/i, web: true };
}

function processProduct(process: string): Product | undefined {
  return products.find(({ processes }) => processes?.test(process));
}

function named(name: string): Product | undefined {
  return products.find((product) => product.name === name);
}

/** What the catalogue does not know: a program of its own, or a port that a machine serves. */
function isWorthAName({ process, port, protocol }: Listener): boolean {
  if (port >= firstEphemeral) return false;
  return protocol === 'tcp' || (process !== null && !runtimes.test(process));
}

function unnamed({ process, port }: Listener): Product {
  if (process !== null && publishers.test(process)) return containerOn(port);
  const plain = process === null || runtimes.test(process);
  const name = plain ? `Service on port ${port}` : process;
  const words = new RegExp(`(^|\\W)${name.replaceAll(/[^\w]/g, '.')}(\\W|$)`, 'i');
  return { name, kind: 'other', words };
}

/** The cluster also tells of itself where nothing of it listens, as on an agent behind a firewall. */
function withKubernetes(groups: Map<string, Group>, facts: Facts): Map<string, Group> {
  const section = facts.sections.kubernetes;
  if (section.status !== 'ok' || section.data.running === false) return groups;
  const { distribution, role, version } = section.data;
  const product = named(distribution === 'k3s' ? 'K3s' : 'Kubernetes');
  if (product === undefined) return groups;
  const notes = [[product.name, role, version].filter((part) => part !== null).join(' ')];
  const listeners = groups.get(product.name)?.listeners ?? [];
  // The port of its API alone told of some Kubernetes.
  const api = product.name === 'K3s' ? (groups.get('Kubernetes')?.listeners ?? []) : [];
  if (product.name === 'K3s') groups.delete('Kubernetes');
  groups.set(product.name, { product, listeners: [...listeners, ...api], notes });
  return groups;
}

function serviceOf({ product, listeners, container = null, notes = [] }: Group): SeenService {
  const byPort = new Map<string, { port: ServicePort; addresses: Set<string> }>();
  for (const { protocol, port, address } of listeners) {
    const key = `${protocol}/${port}`;
    const known = byPort.get(key) ?? { port: { protocol, port }, addresses: new Set() };
    byPort.set(key, known);
    known.addresses.add(placeOf(address));
  }
  const ports = [...byPort.values()]
    .map(({ port, addresses }) => ({
      ...port,
      addresses: addresses.has('*') ? ['*'] : [...addresses].sort(),
    }))
    .sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
  const shared = ports.filter(({ addresses }) => !addresses.every(isLoopback));
  return {
    product: product.name,
    kind: product.kind,
    everywhere: product.everywhere ?? false,
    web: product.web ?? false,
    instances: product.instances ?? false,
    process: listeners.find(({ process }) => process !== null)?.process ?? null,
    // What only the machine itself reaches is no part of what it offers to others.
    ports: shared.length > 0 ? shared : ports,
    // Of a container that publishes nothing, the others of its network alone reach it.
    local: shared.length === 0 && (ports.length > 0 || container !== null),
    container,
    notes,
    words: product.words,
  };
}

/** `*` for all; `mgmt0` for all of one interface; without the zone that link-local ones carry. */
function placeOf(address: string): string {
  const [bare = '', zone] = address.split('%', 2);
  if (isAny(bare)) return zone ?? '*';
  return bare;
}

function isAny(address: string): boolean {
  return address === '*' || address === '0.0.0.0' || address === '::';
}

export function isLoopback(address: string): boolean {
  const [bare = ''] = address.split('%', 1);
  return bare === '::1' || /^(::ffff:)?127\./.test(bare);
}
