import type { CensusNode } from '../census/node.ts';
import { said } from '../status.ts';
import { clusterRole, compareNode } from './compare-node.ts';
import type { Declared, DeclaredDevice } from './declared.ts';
import { type Drift, driftOf, type Told } from './drift-line.ts';
import type { NodeMatches } from './match-nodes.ts';

const byWords = {
  'machine-id': 'the id of its system is that of the device',
  name: 'it is called like the device',
  address: 'it has an address of the device',
} as const;

/** Nodes that only one side knows, and the differences of those that both know. */
export function compareNodes(
  nodes: readonly CensusNode[],
  declared: Declared,
  matches: NodeMatches,
): Drift[] {
  return [
    ...versionDrift(nodes, declared),
    ...nodes.flatMap((node) => nodeDrift(node, declared, matches)),
    ...unseenMembers(declared, matches),
  ];
}

const objectOf = ({ name }: CensusNode) => ({ kind: 'nodes', namespace: null, name });

function nodeDrift(node: CensusNode, declared: Declared, matches: NodeMatches): Drift[] {
  const { cluster, dismissed } = declared;
  const place = `cluster/${cluster.id}/node/${node.name}`;
  const match = matches.byNode.get(node.name);
  const device = match === undefined ? undefined : declared.devices.get(match.deviceId);
  const subject = node.name;
  const object = objectOf(node);
  if (match === undefined || device === undefined) {
    const told = { ...unknownNode(node, declared, matches), subject, object };
    return [driftOf('nodes', place, told, dismissed)];
  }
  const member = declared.members.find(({ deviceId }) => deviceId === match.deviceId);
  const evidence = [byWords[match.by]];
  if (member === undefined) {
    const role = clusterRole(node.roles);
    const told: Told = {
      ...{ about: 'node-not-declared', label: 'Member', subject, object, evidence },
      ...{ inventory: 'no member', cluster: role, device: named(device) },
      fix: `Make ${device.name} a member of ${cluster.name} as ${role}`,
      action: { do: 'add-member', deviceId: device.id, role },
    };
    return [driftOf('nodes', place, told, dismissed)];
  }
  return compareNode(node, device, member).map((difference) =>
    driftOf(
      'nodes',
      place,
      {
        ...difference,
        ...{ subject, object, device: named(device) },
        evidence: [...(difference.evidence ?? []), ...(match.by === 'name' ? [] : evidence)],
      },
      dismissed,
    ),
  );
}

const named = ({ id, name }: DeclaredDevice) => ({ id, name });

function unknownNode(
  node: CensusNode,
  { devices, cluster }: Declared,
  matches: NodeMatches,
): Omit<Told, 'subject'> {
  const role = clusterRole(node.roles);
  const maybe = matches.doubtful.get(node.name);
  if (maybe !== undefined) {
    const names = maybe.flatMap((id) => devices.get(id)?.name ?? []).slice(0, 5);
    return {
      ...{ about: 'node-doubtful', label: 'Device', inventory: names.join(' or '), cluster: role },
      evidence: ['several devices have the same evidence for being it'],
      advice: 'Say which one it is: give that device the name of the node.',
    };
  }
  return {
    ...{ about: 'node-not-declared', label: 'Node', inventory: null, cluster: role },
    evidence: node.addresses.slice(0, 2).map((address) => `it answers at ${said(address)}`),
    fix: `Add it as a device, member of ${cluster.name}`,
    action: { do: 'add-device', node: node.name, role },
  };
}

function unseenMembers({ members, devices, cluster, dismissed }: Declared, matches: NodeMatches) {
  const seen = new Set([...matches.byNode.values()].map(({ deviceId }) => deviceId));
  const doubted = new Set([...matches.doubtful.values()].flat());
  return members.flatMap(({ id, deviceId, role }) => {
    const device = devices.get(deviceId);
    if (device === undefined || seen.has(deviceId) || doubted.has(deviceId)) return [];
    const told: Told = {
      ...{ about: 'member-not-seen', label: 'Node', subject: device.name, device: named(device) },
      ...{ inventory: role, cluster: null },
      evidence: ['no node has its name, its address or the id of its system'],
      fix: `Delete it from the members of ${cluster.name}`,
      action: { do: 'delete-member', memberId: id },
    };
    return [driftOf('nodes', `cluster/${cluster.id}/member/${id}`, told, dismissed)];
  });
}

/** What servers run is the version of the cluster; what else nodes run is told node by node. */
function versionDrift(nodes: readonly CensusNode[], declared: Declared): Drift[] {
  const { cluster, dismissed } = declared;
  const servers = nodes.filter(({ roles }) => clusterRole(roles) === 'control-plane');
  const told = servers.length > 0 ? servers : nodes;
  const versions = [...new Set(told.map(({ version }) => version).filter(Boolean))];
  const [own] = versions;
  if (own === undefined) return [];
  const place = `cluster/${cluster.id}`;
  const others = nodes.filter(
    ({ version }) => version !== '' && version !== own && !isVersion(cluster.version, version),
  );
  const lines = others.map((node) =>
    driftOf(
      'nodes',
      `${place}/node/${node.name}`,
      {
        ...{ about: 'version', label: 'Version', subject: node.name, object: objectOf(node) },
        ...{ inventory: cluster.version, cluster: said(node.version) },
        evidence: [`the servers run ${said(own)}`],
        advice: 'Upgrade the node, or wait until an upgrade that runs is through.',
      },
      dismissed,
    ),
  );
  if (isVersion(cluster.version, own)) return lines;
  const isOne = versions.length === 1;
  const whole = driftOf(
    'nodes',
    place,
    {
      ...{ about: 'version', label: 'Version', subject: cluster.name },
      ...{ inventory: cluster.version, cluster: said(versions.join(', ')) },
      evidence: [`${servers.length === 0 ? 'its nodes run' : 'its servers run'} it`],
      ...(isOne
        ? {
            fix: `Set the version of the cluster to ${said(own)}`,
            action: { do: 'set-cluster', values: { version: own.slice(0, 100) } } as const,
          }
        : { advice: 'Its servers are not of one version; upgrade them first.' }),
    },
    dismissed,
  );
  return [whole, ...lines];
}

/** `1.37` and `v1.37.2` are what `v1.37.2+k3s1` runs; another build is another version. */
function isVersion(declared: string | null, seen: string): boolean {
  const plain = (text: string) => text.trim().replace(/^v/, '').toLowerCase();
  const [said, is] = [plain(declared ?? ''), plain(seen)];
  if (said === '') return false;
  return said === is || is.startsWith(`${said}+`) || is.startsWith(`${said}.`);
}
