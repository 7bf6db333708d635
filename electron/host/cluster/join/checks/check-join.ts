import type { CheckResult, CheckSubject } from '../../../../../shared/checks/check.ts';
import type { CommonJoin } from '../../../../../shared/cluster/join/join-answers.ts';
import type { JoinCluster } from '../../../../../shared/cluster/join/join-cluster.ts';
import { serverToJoin, urlOf } from '../../../../../shared/cluster/join/join-cluster.ts';
import { formatPrefix } from '../../../../../shared/network/prefix.ts';
import type { Database } from '../../../db/index.ts';
import { judge } from '../../../engine/checks/index.ts';
import type { Machine } from '../../../engine/machines/index.ts';
import { chosenJoin, type JoinMachine } from '../join-request.ts';
import { serverVersion } from '../server-version.ts';
import { joinChecks } from './join-checks.ts';
import { tryServer } from './try-server.ts';

export interface CheckJoinInput {
  readonly cluster: JoinCluster;
  readonly common: CommonJoin;
  readonly joining: JoinMachine;
  readonly subject: CheckSubject;
  readonly signal: AbortSignal;
  readonly report?: (error: unknown) => void;
}

/** Checks of one machine against the cluster that it is to join; none where it stays outside. */
export async function checkJoin(
  db: Pick<Database, 'tables'>,
  machine: Machine,
  { cluster, common, joining, subject, signal, report = () => {} }: CheckJoinInput,
): Promise<CheckResult[]> {
  const { as } = chosenJoin(joining, cluster);
  if (as === 'none' || cluster.state === 'unknown') return [];
  const server = cluster.state === 'empty' ? undefined : serverToJoin(cluster);
  const url = common.server ?? (server?.address ? urlOf(server.address) : null);
  const tried = url === null ? null : await tryServer(machine, { url, signal });
  const read = {
    ...{ cluster, as, tried, nodeName: joining.nodeName },
    version: common.version ?? serverVersion(cluster),
    prefixes: documentedPrefixes(db),
  };
  return judge(joinChecks, { read, context: null, subject, at: Date.now(), report });
}

function documentedPrefixes({ tables }: Pick<Database, 'tables'>) {
  const prefixes = tables.prefixSpace.prefixes().slice(0, 2_000);
  const described = tables.prefixSpace.describe(prefixes.map(({ id }) => id));
  return prefixes.map((prefix) => ({
    prefix: formatPrefix(prefix),
    name: described.get(prefix.id)?.vlanName ?? 'in no VLAN',
  }));
}
