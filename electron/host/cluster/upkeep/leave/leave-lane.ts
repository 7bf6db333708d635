import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { LeaveVerdict } from '../../../../../shared/cluster/upkeep/may-leave.ts';
import type { NodeVolume } from '../../../../../shared/cluster/upkeep/node-volumes.ts';
import type { LeaveWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { WantedLane } from '../../../engine/jobs/index.ts';
import type { NodeMachine } from '../node-machines.ts';
import type { NodeParams } from '../node-params.ts';
import type { SeenK3s } from '../see-machine.ts';

export interface LeaveLaneInput {
  readonly node: ClusterNode;
  readonly verdict: LeaveVerdict;
  readonly machine: NodeMachine | null;
  readonly clusterName: string;
  readonly work: LeaveWork;
  /** Null: nobody looks at the machine. */
  readonly seen: SeenK3s | null;
  readonly at: NodeParams;
  readonly volumes: readonly NodeVolume[];
  /** Null: nothing is set aside. */
  readonly keptAt: string | null;
  readonly token: string;
}

type WantedPhase = WantedLane['phases'][number];

/**
 * In which order a node goes. K3s is stopped before its member and its node are deleted, since one that
 * runs comes back by itself; only of two servers the member goes first, or the other could decide nothing.
 */
export function leaveLane(input: LeaveLaneInput): WantedLane {
  const { node, verdict, machine, seen, at, work } = input;
  const isHere = work.machine === 'there';
  const isMember = verdict.allowed && verdict.isMember;
  const first = verdict.allowed && verdict.deleteMemberFirst;
  const member: WantedPhase[] = isMember ? [{ phase: 'delete-member', params: at }] : [];
  const drain = { ...at, options: work.drain };
  const phases: WantedPhase[] = [
    ...(isHere
      ? [
          { phase: 'cordon', params: drain },
          { phase: 'evict-pods', params: drain },
        ]
      : []),
    ...(first ? member : []),
    ...(isHere ? stopped(seen, at) : []),
    ...(first ? [] : member),
    { phase: 'delete-node', params: at },
    ...(isHere && seen !== null ? uninstalled(input, seen) : []),
    ...recorded(input),
  ];
  return {
    lane: isHere ? (machine?.deviceId ?? node.name.slice(0, 100)) : 'cluster',
    title: node.name,
    deviceId: machine?.deviceId ?? null,
    phases,
  };
}

function stopped(seen: SeenK3s | null, at: NodeParams): WantedPhase[] {
  if (seen === null || seen.service === null) return [];
  return [{ phase: 'stop-k3s', params: { ...at, service: seen.service, init: seen.init } }];
}

function uninstalled({ node, at, volumes, keptAt }: LeaveLaneInput, seen: SeenK3s): WantedPhase[] {
  const service = seen.service ?? (node.isServer ? 'k3s' : 'k3s-agent');
  const shown = volumes.map(({ name }) => name);
  return [
    ...(keptAt === null
      ? []
      : [{ phase: 'keep-volumes', params: { node: node.name, to: keptAt } }]),
    { phase: 'uninstall-k3s', params: { ...at, service, init: seen.init, volumes: shown } },
  ];
}

function recorded({ node, machine, at, clusterName, token }: LeaveLaneInput): WantedPhase[] {
  if (machine === null) return [];
  const { deviceId } = machine;
  const { clusterId } = at;
  const params = { token, deviceId, clusterId, clusterName, node: node.name };
  return [{ phase: 'record-leaving', params }];
}
