import type {
  CommonJoin,
  JoinAs,
  MachineJoin,
} from '../../../../shared/cluster/join/join-answers.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import {
  type JoinRecommendation,
  recommendJoin,
} from '../../../../shared/cluster/join/recommend-join.ts';
import type { FactsSummary } from '../../../../shared/onboarding/facts-summary.ts';
import type { NodeRole } from '../../../../shared/onboarding/role.ts';

/** A machine that is to join, as its onboarding knows it. */
export interface JoinMachine {
  readonly id: string;
  readonly deviceId: string;
  /** What its node shall be called. */
  readonly nodeName: string;
  readonly role: NodeRole | null;
  readonly join: MachineJoin;
  readonly facts: FactsSummary | null;
  /** Given by the plan, with prefix length. */
  readonly planned: readonly { readonly interface: string; readonly address: string }[];
  /** Other names and addresses that it is known by. */
  readonly names: readonly string[];
  readonly init: 'systemd' | 'openrc';
  /** Its iptables is one of the broken ones. */
  readonly preferBundledBin: boolean;
  readonly selinux: boolean;
}

export interface JoinRequest {
  readonly clusterId: string;
  readonly common: CommonJoin;
  readonly machines: readonly JoinMachine[];
}

/** A machine with what was answered, or else is recommended. */
export interface ChosenJoin {
  readonly machine: JoinMachine;
  readonly as: JoinAs;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: NonNullable<MachineJoin['taints']>;
  readonly recommended: JoinRecommendation;
}

export function chosenJoin(machine: JoinMachine, cluster: JoinCluster): ChosenJoin {
  const { role, facts, join } = machine;
  const recommended = recommendJoin({ role, facts, cluster });
  const as = join.as ?? recommended.as;
  return {
    machine,
    as,
    labels: join.labels
      ? Object.fromEntries(join.labels.map(({ key, value }) => [key, value]))
      : recommended.labels,
    taints: join.taints ?? [...recommended.taints],
    recommended,
  };
}
