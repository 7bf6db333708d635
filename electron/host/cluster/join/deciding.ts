import { decideJoin, type JoinDecision } from '../../../../shared/cluster/join/decide-join.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import type { JoinReach } from './join-needs.ts';
import type { ChosenJoin, JoinRequest } from './join-request.ts';
import { nodeAddresses } from './node-addresses.ts';

type Problem = JoinView['problems'][number];

export const blocked = (machineId: string, text: string): Problem => ({
  ...{ machineId, text },
  weight: 'blocks',
});

/** Whoever comes first makes the cluster; the others have nobody to ask for a token before it stands. */
export function severalFirst(cluster: JoinCluster, chosen: readonly ChosenJoin[]) {
  if (cluster.state !== 'empty') return [];
  const joining = chosen.filter(({ as }) => as !== 'none');
  return joining
    .slice(1)
    .map(({ machine }) =>
      blocked(
        machine.id,
        `The first server makes ${cluster.name}; let the others join once it is connected under Cluster.`,
      ),
    );
}

export interface Deciding {
  readonly cluster: JoinCluster;
  readonly request: JoinRequest;
  readonly chosen: ChosenJoin;
  readonly version: string | null;
}

export function decide(
  db: JoinReach['db'],
  { cluster, request, chosen, version }: Deciding,
): JoinDecision {
  const { machine, as, labels, taints } = chosen;
  if (as === 'none') return { settings: null, problems: [] };
  const { nodeName, names, preferBundledBin, selinux } = machine;
  return decideJoin(cluster, request.common, {
    machine: {
      ...{ nodeName, as, labels, taints, names, preferBundledBin, selinux },
      addresses: nodeAddresses(db, machine),
      defaultLink: machine.facts?.defaultLink ?? null,
    },
    version,
  });
}
