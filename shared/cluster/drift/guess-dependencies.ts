import type { Census, Steps } from '../census/census.ts';
import type { CensusPolicy, PolicyPeer } from '../census/network.ts';
import type { CensusWorkload, Mention } from '../census/workload.ts';
import { matches } from '../selector.ts';
import { said } from '../status.ts';

/** One workload that seems to need another, by their keys. */
export interface Guess {
  readonly from: string;
  readonly to: string;
  /** Sentences without a full stop. */
  readonly evidence: readonly string[];
}

type Network = Pick<Census, 'workloads' | 'services' | 'namespaces' | 'policies' | 'configMaps'>;

const mostEvidence = 5;

/** By the services that configuration names, and by what network policies let through. */
export function* guessDependencies(network: Network): Steps<Guess[]> {
  const found = new Map<string, { from: string; to: string; evidence: string[] }>();
  const tell = (from: string, to: string, evidence: string) => {
    if (from === to) return;
    const key = `${from}\n${to}`;
    const known = found.get(key) ?? { from, to, evidence: [] };
    found.set(key, known);
    if (known.evidence.length < mostEvidence && !known.evidence.includes(evidence)) {
      known.evidence.push(evidence);
    }
  };
  yield* byNames(network, tell);
  yield;
  byPolicies(network, tell);
  return [...found.values()];
}

type Tell = (from: string, to: string, evidence: string) => void;

function* byNames({ workloads, services, configMaps }: Network, tell: Tell): Steps<void> {
  const inNamespace = Map.groupBy(workloads, ({ namespace }) => namespace);
  const behind = new Map<string, readonly CensusWorkload[]>();
  for (const { namespace, name, picks } of services) {
    const near = inNamespace.get(namespace) ?? [];
    behind.set(
      `${namespace}/${name}`,
      near.filter((workload) => isPicked(picks, workload)),
    );
    yield;
  }
  const texts = new Map(configMaps.map((one) => [`${one.namespace}/${one.name}`, one.mentions]));
  for (const workload of workloads) {
    const { key, namespace } = workload;
    yield;
    const ofConfigMaps = workload.configMaps.flatMap(
      (name) => texts.get(`${namespace}/${name}`) ?? [],
    );
    for (const mention of [...workload.mentions, ...ofConfigMaps]) {
      const service = serviceOf(mention, namespace);
      for (const needed of behind.get(service) ?? []) {
        tell(key, needed.key, `${said(mention.where)} names ${said(mention.host)}`);
      }
    }
  }
}

/** As the names of a cluster are resolved: `db`, `db.shop`, `db.shop.svc.cluster.local`. */
function serviceOf({ host }: Mention, namespace: string): string {
  const [name = '', other, service] = host.split('.');
  if (other === undefined) return `${namespace}/${name}`;
  const isWhole = service === undefined || service === 'svc';
  return isWhole ? `${other}/${name}` : '';
}

function isPicked(picks: Readonly<Record<string, string>>, { labels }: CensusWorkload): boolean {
  const wanted = Object.entries(picks);
  return wanted.length > 0 && wanted.every(([label, value]) => labels[label] === value);
}

/** A policy that lets everybody through says nothing of who needs whom. */
function byPolicies({ workloads, namespaces, policies }: Network, tell: Tell): void {
  const labelsOf = new Map(namespaces.map(({ name, labels }) => [name, labels]));
  const inNamespace = Map.groupBy(workloads, ({ namespace }) => namespace);
  const peersOf = ({ namespace }: CensusPolicy, { podSelector, namespaceSelector }: PolicyPeer) => {
    if (podSelector === null || isEmpty(podSelector)) return [];
    const near =
      namespaceSelector === null
        ? (inNamespace.get(namespace) ?? [])
        : workloads.filter((one) => matches(namespaceSelector, labelsOf.get(one.namespace) ?? {}));
    return near.filter(({ labels }) => matches(podSelector, labels));
  };
  for (const policy of policies) {
    const { picks } = policy;
    if (picks === null || isEmpty(picks)) continue;
    const about = (inNamespace.get(policy.namespace) ?? []).filter(({ labels }) =>
      matches(picks, labels),
    );
    const evidence = `the network policy ${said(policy.name)} lets it through`;
    for (const peer of policy.from.flatMap((from) => peersOf(policy, from))) {
      for (const needed of about) tell(peer.key, needed.key, evidence);
    }
    for (const peer of policy.to.flatMap((to) => peersOf(policy, to))) {
      for (const own of about) tell(own.key, peer.key, evidence);
    }
  }
}

function isEmpty({ matchLabels, matchExpressions }: NonNullable<CensusPolicy['picks']>): boolean {
  return Object.keys(matchLabels).length === 0 && matchExpressions.length === 0;
}
