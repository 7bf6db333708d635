import type { CommonJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { K3sSettings } from '../../../../shared/cluster/k3s-settings.ts';
import type { WantedLane } from '../../engine/jobs/index.ts';
import type { JoinMachine } from './join-request.ts';
import type { Registry } from './phases/registries-text.ts';
import type { Release } from './release/release.ts';

type WantedPhase = WantedLane['phases'][number];

export interface JoinParts {
  readonly cluster: JoinCluster;
  readonly common: CommonJoin;
  readonly machine: JoinMachine;
  readonly settings: K3sSettings;
  readonly version: string;
  readonly release: Release;
  readonly registries: readonly Registry[];
}

/** The steps by which a machine joins, with all that each needs; nothing secret. Pure. */
export function phasesOfJoin(parts: JoinParts): WantedPhase[] {
  const { cluster, common, machine, settings, version, release, registries } = parts;
  const { role, nodeName, labels, nodeIps: addresses } = settings;
  const { binary, images } = release;
  const timeoutMs = common.minutes * 60_000;
  const contextId = role === 'first-server' ? null : cluster.contextId;
  const member = { clusterId: cluster.id, contextId, nodeName, where: cluster.name };
  return [
    phase('k3s-binary', { version, sha256: binary.sha256, source: binary.source }),
    ...(images === null ? [] : [phase('k3s-images', { ...images })]),
    phase('k3s-config', { settings }),
    ...(registries.length === 0 ? [] : [phase('k3s-registries', { registries })]),
    ...(role === 'first-server'
      ? []
      : [phase('k3s-token', { clusterId: cluster.id, role, nodeName })]),
    phase('k3s-service', { role, init: machine.init }),
    phase('k3s-start', {
      ...{ role, init: machine.init, timeoutMs, version },
      cluster: contextId === null ? null : member,
    }),
    phase('node-ready', { ...member, role, addresses, labels, version, timeoutMs }),
  ];
}

function phase(id: string, params: Record<string, unknown>): WantedPhase {
  return { phase: id, params };
}
