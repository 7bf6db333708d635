import type { FactsSummary } from '../../onboarding/facts-summary.ts';
import type { NodeRole } from '../../onboarding/role.ts';
import type { JoinAs, MachineTaint } from './join-answers.ts';
import type { JoinCluster } from './join-cluster.ts';

export interface JoinRecommendation {
  readonly as: JoinAs;
  /** Sentences. */
  readonly reasons: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly MachineTaint[];
}

interface Joining {
  readonly role: NodeRole | null;
  readonly facts: Pick<FactsSummary, 'systemDisk' | 'gpus' | 'board' | 'containerEngines'> | null;
  readonly cluster: Pick<JoinCluster, 'state' | 'servers' | 'store' | 'name' | 'agents'>;
}

/** As what a machine of this role best joins, and with what on its node. Pure. */
export function recommendJoin(joining: Joining): JoinRecommendation {
  const { role, facts } = joining;
  const [as, reasons] = recommended(joining);
  return {
    as,
    reasons,
    labels: as === 'none' ? {} : labelsOf(role, facts),
    taints: as === 'none' ? [] : taintsOf(as, joining),
  };
}

function recommended({ role, facts, cluster }: Joining): readonly [JoinAs, string[]] {
  const { name, servers, state, store } = cluster;
  if (state === 'empty') {
    const rest =
      role === 'control-plane' ? [] : ['Its role is another one; say so there if it is to stay.'];
    return ['server', [`${name} has no server yet: the first machine makes it.`, ...rest]];
  }
  if (role === 'gpu' && facts?.containerEngines.includes('docker'))
    return ['none', ['Its models run under Docker; beside K3s both would share its memory.']];
  if (role !== 'control-plane') return ['agent', ['Its role is not the control plane.']];
  const voters = servers.length;
  if (store === 'sqlite')
    return [
      'agent',
      [`${name} keeps its state in SQLite on one server; a second one needs etcd first.`],
    ];
  if (store === 'external') return ['agent', [`${name} keeps its state in a database of its own.`]];
  if (facts?.systemDisk?.kind === 'sd-card')
    return ['agent', ['etcd writes all the time, which an SD card bears badly.']];
  const odd =
    voters % 2 === 0
      ? `With it ${name} has ${voters + 1} servers, an odd number.`
      : `With it ${name} has ${voters + 1} servers: an even number bears no more failures than ${voters}.`;
  return ['server', ['Its role is the control plane.', odd]];
}

const ROLE_LABEL = 'rackhelm/role';

function labelsOf(role: NodeRole | null, facts: Joining['facts']): Record<string, string> {
  const disk = facts?.systemDisk?.kind;
  return {
    ...(role !== null && { [ROLE_LABEL]: role }),
    ...((disk === 'nvme' || disk === 'ssd' || disk === 'sd-card') && { disk }),
    ...(facts !== null && facts.gpus.length > 0 && { gpu: 'true' }),
  };
}

/** Work for nothing else stays away from a GPU; servers are kept free where agents can take the work. */
function taintsOf(as: JoinAs, { role, facts, cluster }: Joining): MachineTaint[] {
  if (role === 'gpu' && facts !== null && facts.gpus.length > 0)
    return [{ key: 'gpu', value: 'true', effect: 'NoSchedule' }];
  if (as === 'server' && cluster.agents > 0)
    return [{ key: 'CriticalAddonsOnly', value: 'true', effect: 'NoExecute' }];
  return [];
}
