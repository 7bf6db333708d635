import type { ClusterNode } from '../../../../../shared/cluster/upkeep/cluster-node.ts';
import type { UpgradeWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { SshTarget } from '../../../../../shared/model/ssh.ts';
import type { WantedLane } from '../../../engine/jobs/index.ts';
import type { Release } from '../../join/release/release.ts';
import type { ServiceParams } from '../node-params.ts';
import type { SeenK3s } from '../see-machine.ts';

export interface UpgradedNode extends Pick<SeenK3s, 'datastore'>, ServiceParams {
  readonly node: ClusterNode;
  readonly release: Release;
  readonly lane: string;
  readonly machine: {
    readonly deviceId: string;
    readonly name: string;
    readonly target: SshTarget;
  };
}

interface Upgrade {
  readonly contextId: string;
  readonly clusterId: string;
  readonly where: string;
  /** As it was found out, also where a channel was asked for. */
  readonly version: string;
  readonly work: Pick<UpgradeWork, 'drain' | 'drainOptions'>;
  /** In their order. */
  readonly nodes: readonly UpgradedNode[];
  /** How well the cluster is now. */
  readonly well: Record<string, unknown>;
  /** Names what is kept. */
  readonly stamp: string;
}

type WantedPhase = WantedLane['phases'][number];

/** One node after the other, the next one only where the cluster is as well as before. */
export function upgradeLanes(upgrade: Upgrade): WantedLane[] {
  const { nodes, well } = upgrade;
  const seen: WantedPhase = { phase: 'cluster-well', params: well };
  const keeper = nodes.find(({ node, datastore }) => node.isServer && datastore !== null);
  return nodes.map((one, index) => {
    const before = nodes[index - 1];
    return {
      ...{ lane: one.lane, title: one.node.name, deviceId: one.machine.deviceId },
      after: before === undefined ? [] : [before.lane],
      phases: [
        ...(index === 0 ? [seen] : []),
        ...(one === keeper ? kept(upgrade, one) : []),
        ...upgraded(upgrade, one),
        seen,
      ],
    };
  });
}

function placeOf({ contextId, clusterId, where }: Upgrade, { node }: UpgradedNode) {
  return { contextId, clusterId, where, node: node.name, uid: node.uid };
}

function kept(upgrade: Upgrade, one: UpgradedNode): WantedPhase[] {
  const { stamp } = upgrade;
  const { node, service, init, datastore } = one;
  if (datastore === 'etcd')
    return [
      { phase: 'etcd-snapshot', params: { node: node.name, name: `before-upgrade-${stamp}` } },
    ];
  const to = `/var/lib/k3s-before-${node.version.replaceAll('+', '-')}-${stamp}`;
  return [{ phase: 'copy-datastore', params: { ...placeOf(upgrade, one), service, init, to } }];
}

function upgraded(upgrade: Upgrade, one: UpgradedNode): WantedPhase[] {
  const at = placeOf(upgrade, one);
  const { node, service, init } = one;
  const { binary, images } = one.release;
  const { version } = upgrade;
  const { drain, drainOptions: options } = upgrade.work;
  const { sha256, source } = binary;
  const isEmptied = drain && !node.cordoned;
  return [
    ...(drain ? [{ phase: 'cordon', params: { ...at, options } }] : []),
    ...(drain ? [{ phase: 'evict-pods', params: { ...at, options } }] : []),
    ...(images === null ? [] : [{ phase: 'k3s-images', params: { ...images } }]),
    {
      phase: 'k3s-upgrade',
      params: { ...at, service, init, version, sha256, source, isServer: node.isServer },
    },
    ...(isEmptied ? [{ phase: 'uncordon', params: at }] : []),
  ];
}
