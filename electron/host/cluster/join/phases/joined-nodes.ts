import type { Evidence } from '../../../../../shared/checks/check.ts';
import type { K3sRole } from '../../../../../shared/cluster/k3s-settings.ts';
import type { LookContext, PhaseContext } from '../../../engine/jobs/index.ts';

/** Which node, and where its cluster is asked. */
export interface AskedNode {
  readonly clusterId: string;
  /** Null: the API is asked on the machine itself, which is a server. */
  readonly contextId: string | null;
  /** How the API is called in evidence. */
  readonly where: string;
  readonly nodeName: string;
  readonly role: K3sRole;
  /** That it shall have. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A node as the proof of a join looks at it. */
export interface SeenNode {
  readonly ready: 'ready' | 'not-ready' | 'unknown';
  /** Why it is not; null: it is, or nobody says. */
  readonly why: string | null;
  readonly cordoned: boolean;
  readonly isServer: boolean;
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly version: string;
  /** A token that was made for it alone still lets agents join. */
  readonly hasToken: boolean;
}

/** Nodes of a cluster, for those who wait for one of them. Everything throws KUBE_*, SSH_*, SUDO_*. */
export interface JoinedNodes {
  /** Null: there is none of this name. */
  see(
    context: LookContext,
    given: AskedNode,
  ): Promise<{ readonly node: SeenNode | null; readonly evidence: readonly Evidence[] }>;
  /** Gives it the labels that it lacks, and lets it take pods again after an undo that was broken off. */
  complete(context: PhaseContext, given: AskedNode): Promise<void>;
  /** It has joined: a token that was made for it is not needed any more. */
  settled(context: PhaseContext, given: AskedNode): Promise<void>;
  /**
   * Takes it out of the cluster while it runs: nothing new is put on it, a server is no member of etcd any
   * more, and its Node object goes, which does not come back before K3s is started again.
   */
  withdraw(context: PhaseContext, given: AskedNode): Promise<void>;
}
