import { said } from '../status.ts';
import {
  type ClusterVersion,
  joinObjection,
  parseClusterVersion,
  upgradeObjection,
} from '../version.ts';
import type { ClusterNode } from './cluster-node.ts';

export interface UpgradeOrder {
  /** Servers, then agents, as they are upgraded. */
  readonly nodes: readonly ClusterNode[];
  /** Each in a sentence; none: nothing stands against it. */
  readonly objections: readonly string[];
}

/**
 * Who is upgraded in which order, and what the version rules have against it. `chosen`: names; none: all.
 * Nothing may ever be newer than a server, so agents come last and no server is left behind.
 */
export function upgradeOrder(
  all: readonly ClusterNode[],
  version: string,
  chosen: readonly string[],
): UpgradeOrder {
  const to = parseClusterVersion(version);
  if (to === null || to.k3s === null)
    return none(`${said(version)} is no version of K3s, such as v1.37.2+k3s1.`);
  const strange = chosen.filter((name) => !all.some((node) => node.name === name));
  if (strange.length > 0) return none(`There is no node ${strange.map(said).join(', ')}.`);
  const wanted = all.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  const nodes = wanted
    .filter((node) => node.version !== to.text)
    .toSorted(
      (a, b) =>
        Number(b.isServer) - Number(a.isServer) ||
        a.name.localeCompare(b.name, 'en', { numeric: true }),
    );
  if (nodes.length === 0) return none(`All of them have ${to.text} already.`);
  return { nodes, objections: [...own(nodes, to), ...ofOthers(all, nodes, to)] };
}

function none(objection: string): UpgradeOrder {
  return { nodes: [], objections: [objection] };
}

function own(nodes: readonly ClusterNode[], to: ClusterVersion): string[] {
  return nodes.flatMap((node) => {
    const name = said(node.name);
    const from = parseClusterVersion(node.version);
    if (!node.isK3s || from === null)
      return [`${name} is no node of K3s (${said(node.version) || 'it tells no version'}).`];
    const objection = upgradeObjection(from, to);
    return objection === null ? [] : [`${name}: ${objection.says}`];
  });
}

/** Those that stay as they are have to get along with those that do not. */
function ofOthers(
  all: readonly ClusterNode[],
  nodes: readonly ClusterNode[],
  to: ClusterVersion,
): string[] {
  const staying = all.filter((node) => !nodes.includes(node));
  const versionOf = ({ version }: ClusterNode) => parseClusterVersion(version);
  const stayingServers = staying
    .filter(({ isServer }) => isServer)
    .flatMap((one) => versionOf(one) ?? []);
  const hasAgents = nodes.some(({ isServer }) => !isServer);
  const hasServers = nodes.some(({ isServer }) => isServer);
  const agents = hasAgents ? joinObjection(to, 'agent', stayingServers) : null;
  const servers = hasServers ? joinObjection(to, 'server', stayingServers) : null;
  const left = !hasServers
    ? []
    : staying.flatMap((node) => {
        const version = node.isServer ? null : versionOf(node);
        const objection = version && joinObjection(version, 'agent', [to]);
        return objection === null || objection === undefined
          ? []
          : [`${said(node.name)}: ${objection.says}`];
      });
  // A server that stays behind by one minor is what every upgrade goes through.
  const ahead = servers?.rule === 'too-old-for-servers' ? [servers.says] : [];
  return [...(agents === null ? [] : [agents.says]), ...ahead, ...left];
}
