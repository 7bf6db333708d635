import type { PlacingNode } from '../placing/placing-node.ts';
import { mayGoAway, type ServerMember } from '../quorum.ts';
import { said } from '../status.ts';
import type { DrainFinding } from './finding.ts';

/**
 * Whether the control plane can do without this node for a while. By the labels of the nodes: who has the
 * role etcd has a vote; where nobody has it, K3s keeps its data elsewhere, and others keep etcd beside
 * their control plane.
 */
export function serverFindings(node: PlacingNode, nodes: readonly PlacingNode[]): DrainFinding[] {
  const withRole = (...roles: string[]) =>
    nodes.filter((one) => one.roles.some((role) => roles.includes(role)));
  const servers = withRole('etcd', 'control-plane', 'master');
  if (!servers.some(({ name }) => name === node.name)) return [];
  const voters = withRole('etcd');
  if (voters.some(({ name }) => name === node.name)) return [byMajority(node, voters)];
  if (voters.length > 0 || isK3s(node)) return [byOthers(node, servers)];
  return [byMajority(node, servers)];
}

function isK3s({ kubeletVersion }: PlacingNode): boolean {
  return /\+(k3s|rke2)/.test(kubeletVersion);
}

function byMajority({ name }: PlacingNode, voters: readonly PlacingNode[]): DrainFinding {
  const members = voters.map(memberOf);
  const verdict = mayGoAway(members, name, 'pause');
  return {
    kind: 'quorum',
    weight: verdict.allowed ? 'info' : 'stop',
    pod: null,
    says: `${said(verdict.says)}.`,
  };
}

function byOthers(node: PlacingNode, servers: readonly PlacingNode[]): DrainFinding {
  const others = servers.filter(({ name, ready }) => name !== node.name && ready === 'ready');
  const alone = servers.length === 1;
  const says = alone
    ? `${said(node.name)} is the only server: once it is restarted the API is away until it is back.`
    : others.length === 0
      ? `No other server is known to be up: without ${said(node.name)} the API would be away.`
      : `Without ${said(node.name)} ${others.length} of ${servers.length} servers are up.`;
  return { kind: 'quorum', weight: alone || others.length > 0 ? 'info' : 'stop', pod: null, says };
}

function memberOf({ name, ready }: PlacingNode): ServerMember {
  const states = { ready: 'up', 'not-ready': 'down', unknown: 'unknown' } as const;
  return { name, vote: 'voter', state: states[ready] };
}
