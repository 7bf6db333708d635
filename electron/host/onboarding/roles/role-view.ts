import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { type RoleView, recommendRole } from '../../../../shared/onboarding/recommend.ts';
import type { RankedRole } from '../../../../shared/onboarding/role.ts';
import type { Database } from '../../db/index.ts';
import { powerDomainsOf } from './power-domains.ts';

/** No cluster at home has more; of a larger one the first are enough to advise by. */
const mostMembers = 200;

const member = kindOf('cluster-member');
const device = kindOf('device');
const page = { words: [], sort: { field: null, descending: false }, offset: 0 } as const;

/** Roles for each machine of a draft that was read, seen beside those before it. */
export function rolesFor(db: Database, draft: Draft): { machineId: string; roles: RankedRole[] }[] {
  const cluster = clusterOf(db, draft);
  const domainsOf = powerDomainsOf(db);
  const there = countsOf(db);
  return draft.machines.flatMap((machine, at) => {
    if (machine.facts === null) return [];
    const earlier = draft.machines.slice(0, at);
    const view = { ...viewFor(db, { cluster, domainsOf, machine, earlier }), ...there };
    return { machineId: machine.id, roles: recommendRole(machine.facts, view) };
  });
}

type Cluster = { readonly id: string; readonly name: string } | null;

/** The one that was chosen; else the only one that there is. */
function clusterOf(db: Database, { common }: Draft): Cluster {
  const { records } = db.tables;
  const kind = kindOf('cluster');
  const chosen = common.clusterId === null ? undefined : records.get(kind, common.clusterId);
  if (chosen !== undefined) return chosen;
  const { rows } = records.list(kind, { ...page, where: [], limit: 2 });
  return rows.length === 1 ? (rows[0] ?? null) : null;
}

interface ViewInput {
  readonly cluster: Cluster;
  readonly domainsOf: (deviceId: string) => readonly string[];
  readonly machine: DraftMachine;
  readonly earlier: readonly DraftMachine[];
}

type Counts = Pick<RoleView, 'storageDevices' | 'gpuDevices' | 'edgeDevices'>;

function viewFor(
  db: Database,
  { cluster, domainsOf, machine, earlier }: ViewInput,
): Omit<RoleView, keyof Counts> {
  const { elevations } = db.tables;
  const chassisOf = (parentId: string | null | undefined) => {
    const parent = parentId ? elevations.placed(parentId) : undefined;
    return parent === undefined ? [] : [parent.name];
  };
  const parentId =
    machine.answers.place?.parentId ?? elevations.placed(machine.deviceId)?.parentId ?? null;
  return {
    cluster: cluster && {
      name: cluster.name,
      runs: db.clusterContexts.list().some(({ clusterId }) => clusterId === cluster.id),
      members: [
        ...membersOf(db, cluster.id, machine.deviceId).map(({ id, ...one }) => ({
          ...one,
          domains: [...domainsOf(id), ...chassisOf(elevations.placed(id)?.parentId)],
        })),
        // Of several machines at once each one counts with what was said of those before it.
        ...earlier.flatMap(({ answers, facts }) =>
          answers.role === null
            ? []
            : {
                deviceName: answers.name ?? facts?.hostname ?? 'another machine',
                role: answers.role,
                domains: chassisOf(answers.place?.parentId),
              },
        ),
      ],
    },
    domains: [
      ...domainsOf(machine.deviceId),
      ...(parentId === null ? [] : domainsOf(parentId)),
      ...chassisOf(parentId),
    ],
  };
}

/** What there is already, whichever machine comes. */
function countsOf(db: Database): Counts {
  const count = (field: 'kind' | 'role', value: string) =>
    db.tables.records.list(field === 'kind' ? device : member, {
      ...page,
      where: [{ field, value }],
      limit: 1,
    }).total;
  return {
    storageDevices: count('kind', 'nas') + count('role', 'storage'),
    gpuDevices: count('kind', 'gpu-server'),
    edgeDevices: count('role', 'edge'),
  };
}

function membersOf(db: Database, clusterId: string, except: string) {
  const { rows } = db.tables.records.list(member, {
    ...page,
    where: [{ field: 'cluster', value: clusterId }],
    limit: mostMembers,
  });
  return rows
    .filter(({ values }) => values.device !== except)
    .map(({ values, names }) => ({
      id: String(values.device),
      deviceName: names.device ?? '',
      role: String(values.role),
    }));
}
