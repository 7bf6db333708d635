import { conditionOf, conditions } from '../condition.ts';
import { rolesOf } from '../kinds/nodes.ts';
import { readMetadata } from '../metadata.ts';
import type { ServerMember } from '../quorum.ts';
import { flag, listOf, part, text, texts } from '../tolerant.ts';

const schema = part({
  metadata: part({ annotations: texts }),
  spec: part({ unschedulable: flag }),
  status: part({
    conditions,
    addresses: listOf(part({ type: text, address: text })),
    nodeInfo: part({ kubeletVersion: text, architecture: text, machineID: text }),
  }),
});

/** A node as far as it matters to bring it up to date, or out of its cluster. */
export interface ClusterNode {
  readonly name: string;
  readonly uid: string;
  readonly isServer: boolean;
  /** In etcd; null: it is no member of one. */
  readonly vote: 'voter' | 'learner' | null;
  /** `unknown`: its kubelet does not answer. */
  readonly ready: 'ready' | 'not-ready' | 'unknown';
  readonly cordoned: boolean;
  /** `v1.37.2+k3s1`; empty: it does not tell. */
  readonly version: string;
  /** By its version, or by what K3s calls its machines. */
  readonly isK3s: boolean;
  /** As Go calls it: `arm64`, `amd64`, `arm`. */
  readonly architecture: string;
  readonly addresses: readonly string[];
  readonly machineId: string;
  /** The controller of K3s was asked to take it out of etcd, and said that it did. */
  readonly memberDeleted: boolean;
}

export const deleteMemberAnnotation = 'etcd.k3s.cattle.io/remove';
const deletedMemberAnnotation = 'etcd.k3s.cattle.io/removed-node-name';

const serverRoles: ReadonlySet<string> = new Set(['control-plane', 'etcd', 'master']);

/** Never throws, whatever the object is like. */
export function readClusterNode(object: unknown): ClusterNode {
  const { metadata, spec, status } = schema.parse(object);
  const { name, uid, labels } = readMetadata(object);
  const roles = rolesOf(labels);
  const is = (type: string) => conditionOf(status.conditions, type)?.status;
  const ready = is('Ready');
  return {
    ...{ name, uid, isServer: roles.some((role) => serverRoles.has(role)) },
    vote: roles.includes('etcd') ? (is('EtcdIsVoter') === 'False' ? 'learner' : 'voter') : null,
    ready: ready === 'True' ? 'ready' : ready === 'False' ? 'not-ready' : 'unknown',
    cordoned: spec.unschedulable,
    version: status.nodeInfo.kubeletVersion,
    isK3s:
      /\+k3s/.test(status.nodeInfo.kubeletVersion) ||
      labels['node.kubernetes.io/instance-type'] === 'k3s',
    architecture: status.nodeInfo.architecture || (labels['kubernetes.io/arch'] ?? ''),
    addresses: status.addresses.map(({ address }) => address),
    machineId: status.nodeInfo.machineID.replaceAll('-', '').toLowerCase(),
    memberDeleted: (metadata.annotations[deletedMemberAnnotation] ?? '') !== '',
  };
}

/** Those that vote in etcd; none: K3s keeps its data in SQLite, or in a database elsewhere. */
export function membersOf(nodes: readonly ClusterNode[]): ServerMember[] {
  const states = { ready: 'up', 'not-ready': 'down', unknown: 'unknown' } as const;
  return nodes.flatMap(({ name, vote, ready, memberDeleted }) =>
    vote === null || memberDeleted ? [] : [{ name, vote, state: states[ready] }],
  );
}
