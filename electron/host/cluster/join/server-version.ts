import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import { compareVersions, parseClusterVersion } from '../../../../shared/cluster/version.ts';

/** The oldest one that runs: nothing that joins may be newer. Null: no server tells. */
export function serverVersion({ servers }: JoinCluster): string | null {
  const [oldest] = servers
    .flatMap(({ version }) => parseClusterVersion(version) ?? [])
    .toSorted(compareVersions);
  return oldest?.text ?? null;
}
