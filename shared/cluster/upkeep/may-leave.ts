import { mayGoAway } from '../quorum.ts';
import { said } from '../status.ts';
import { type ClusterNode, membersOf } from './cluster-node.ts';

export type LeaveVerdict =
  | {
      readonly allowed: true;
      /** A member of etcd that has to be taken off its list. */
      readonly isMember: boolean;
      /** As `QuorumVerdict` has it. */
      readonly deleteMemberFirst: boolean;
      readonly says: string;
    }
  | { readonly allowed: false; readonly says: string };

/** May this node leave for good, as far as the control plane goes? */
export function mayLeave(node: ClusterNode, nodes: readonly ClusterNode[]): LeaveVerdict {
  const name = said(node.name);
  if (!node.isServer) return allow(`${name} is no server: the control plane does not miss it.`);
  const members = membersOf(nodes);
  if (node.vote !== null && !node.memberDeleted) {
    const verdict = mayGoAway(members, node.name, 'leave');
    return verdict.allowed
      ? { ...verdict, isMember: true, says: verdict.says }
      : { allowed: false, says: verdict.says };
  }
  const others = nodes.filter((one) => one.isServer && one.name !== node.name);
  if (others.length === 0)
    return {
      allowed: false,
      says: `${name} is the only server: without it there is no cluster.`,
    };
  const up = others.filter(({ ready }) => ready === 'ready').length;
  return up > 0
    ? allow(`Without ${name} ${up} of ${others.length} servers are up.`)
    : { allowed: false, says: `No other server than ${name} is known to be up.` };
}

function allow(says: string): LeaveVerdict {
  return { allowed: true, isMember: false, deleteMemberFirst: false, says };
}
