import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { nodePlace } from '../../../../shared/cluster/join/node-place.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { type Deciding, decide, severalFirst } from './deciding.ts';
import type { JoinReach } from './join-needs.ts';
import { chosenJoin, type JoinRequest } from './join-request.ts';
import { nodeAddresses } from './node-addresses.ts';
import { rackRegistries } from './rack-registries.ts';
import { serverVersion } from './server-version.ts';

/** What a person sees where no cluster was chosen yet. */
export function viewOfNone(db: JoinReach['db']): JoinView {
  const registries = rackRegistries(db).map(({ host }) => host);
  return {
    ...{ clusters: clustersOf(db), registries, cluster: null, version: null },
    ...{ machines: [], problems: [] },
  };
}

/** The cluster as it stands, and what would become of each machine there. */
export function viewOf(db: JoinReach['db'], request: JoinRequest, cluster: JoinCluster): JoinView {
  const version = request.common.version ?? serverVersion(cluster);
  const chosen = request.machines.map((machine) => chosenJoin(machine, cluster));
  const own = chosen
    .filter(({ as }) => as !== 'none')
    .flatMap((one) =>
      decide(db, { cluster, request, chosen: one, version }).problems.map((problem) => ({
        machineId: one.machine.id,
        ...problem,
      })),
    );
  return {
    ...{ ...viewOfNone(db), cluster, version },
    machines: chosen.map((one) => machineView(db, { request, cluster, chosen: one })),
    problems: [...severalFirst(cluster, chosen), ...own].slice(0, 200),
  };
}

function machineView(
  db: JoinReach['db'],
  { cluster, request, chosen }: Omit<Deciding, 'version'>,
): JoinView['machines'][number] {
  const { machine, recommended } = chosen;
  const { as, reasons, labels, taints } = recommended;
  const decided = decide(db, { cluster, request, chosen, version: null });
  const server = decided.settings?.server ?? null;
  const host = server === null ? null : new URL(server).hostname.replace(/^\[|\]$/g, '');
  const defaultLink = machine.facts?.defaultLink ?? null;
  return {
    machineId: machine.id,
    nodeName: machine.nodeName,
    recommended: { as, reasons: [...reasons], labels: { ...labels }, taints: [...taints] },
    place: nodePlace(nodeAddresses(db, machine), { server: host, defaultLink }) ?? null,
    server,
  };
}

const page = { words: [], where: [], sort: { field: null, descending: false }, offset: 0 } as const;

function clustersOf({ tables }: JoinReach['db']): JoinView['clusters'] {
  const { rows } = tables.records.list(kindOf('cluster'), { ...page, limit: 200 });
  return rows
    .filter(({ values }) => values.kind === 'k3s' || values.kind === 'kubernetes')
    .map(({ id, name }) => ({ id, name }));
}
