import type { ClusterRow } from '../cluster/row.ts';
import { type ClusterStatus, statusLevels, statusOf } from '../cluster/status.ts';
import { visibleText } from '../visible-text.ts';
import { containerName } from './container-row.ts';
import { shortId } from './image-name.ts';
import { projectLabels } from './labels.ts';
import type { ListedContainer, ListedImage, ListedNetwork, ListedVolume } from './listed.ts';
import { portText, publishedPorts } from './ports.ts';

const inUse = statusOf('well', 'In use');
const unused = statusOf('ended', 'Not used', 'no container uses it');

/** Names that stand in one cell. */
const mostNamed = 50;

/** Which containers use what, made once for a list of all of them. */
export interface Uses {
  readonly images: ReadonlyMap<string, readonly string[]>;
  readonly volumes: ReadonlyMap<string, readonly string[]>;
  readonly networks: ReadonlyMap<string, readonly string[]>;
}

export function usesOf(containers: Iterable<ListedContainer>): Uses {
  const images = new Map<string, string[]>();
  const volumes = new Map<string, string[]>();
  const networks = new Map<string, string[]>();
  const add = (to: Map<string, string[]>, key: string, name: string) => {
    const known = to.get(key);
    if (known === undefined) to.set(key, [name]);
    else if (known.length < mostNamed) known.push(name);
  };
  for (const container of containers) {
    const name = containerName(container);
    add(images, container.ImageID, name);
    for (const { Type, Name } of container.Mounts) if (Type === 'volume') add(volumes, Name, name);
    for (const network of container.NetworkSettings.Networks) add(networks, network, name);
  }
  for (const users of [images, volumes, networks].flatMap((each) => [...each.values()]))
    users.sort();
  return { images, volumes, networks };
}

function row(
  of: Pick<ClusterRow, 'key' | 'name' | 'namespace' | 'createdAt' | 'cells'> & {
    readonly status: ClusterStatus;
  },
): ClusterRow {
  return { ...of, name: visibleText(of.name).slice(0, 300), uid: of.key, leavingSince: null };
}

function usage(users: readonly string[] | undefined): ClusterStatus {
  return users === undefined ? unused : inUse;
}

export function imageRow(listed: ListedImage, uses: Uses): ClusterRow {
  const users = uses.images.get(listed.Id);
  const [tag] = listed.RepoTags.filter((name) => !name.includes('<none>'));
  const [digest = ''] = listed.RepoDigests;
  const [repository] = digest.split('@');
  const untagged = tag === undefined;
  return row({
    key: listed.Id,
    namespace: null,
    name:
      tag ??
      (repository && repository !== '<none>' ? `${repository} (untagged)` : shortId(listed.Id)),
    createdAt: listed.Created > 0 ? listed.Created * 1_000 : null,
    status:
      users === undefined && untagged
        ? statusOf('ended', 'Left over', 'its name went to a newer image, and no container uses it')
        : usage(users),
    cells: {
      size: listed.Size,
      usedBy: [...(users ?? [])],
      id: shortId(listed.Id),
      digest: digest.split('@')[1] ?? null,
    },
  });
}

export function volumeRow(listed: ListedVolume, uses: Uses): ClusterRow {
  const users = uses.volumes.get(listed.Name);
  const at = Date.parse(listed.CreatedAt);
  const anonymous = /^[0-9a-f]{64}$/.test(listed.Name);
  const { project } = projectLabels(listed.Labels);
  return row({
    key: listed.Name,
    namespace: null,
    name: listed.Name,
    createdAt: Number.isNaN(at) ? null : at,
    status:
      users === undefined && anonymous
        ? statusOf('ended', 'Left over', 'it has no name, and no container uses it')
        : usage(users),
    cells: {
      usedBy: [...(users ?? [])],
      driver: visibleText(listed.Driver),
      project: project === null ? null : visibleText(project),
      place: visibleText(listed.Mountpoint),
    },
  });
}

/** Docker's own, which nobody deletes. */
const own: ReadonlySet<string> = new Set(['bridge', 'host', 'none', 'podman']);

export function networkRow(listed: ListedNetwork, uses: Uses): ClusterRow {
  const users = uses.networks.get(listed.Name);
  const at = Date.parse(listed.Created);
  const { project } = projectLabels(listed.Labels);
  const status = own.has(listed.Name)
    ? statusOf('well', 'Built in', users === undefined ? 'no container uses it' : null)
    : usage(users);
  return row({
    key: listed.Id,
    namespace: null,
    name: listed.Name,
    createdAt: Number.isNaN(at) || at < 0 ? null : at,
    status,
    cells: {
      driver: visibleText(listed.Driver),
      subnets: listed.IPAM.Config.map(({ Subnet }) => visibleText(Subnet)),
      usedBy: [...(users ?? [])],
      project: project === null ? null : visibleText(project),
    },
  });
}

/** A project is what its containers say of it. */
export function projectRows(
  containers: Iterable<{ readonly listed: ListedContainer; readonly row: ClusterRow }>,
): ClusterRow[] {
  const projects = new Map<
    string,
    { readonly listed: ListedContainer; readonly row: ClusterRow }[]
  >();
  for (const container of containers) {
    const { project } = projectLabels(container.listed.Labels);
    if (project === null) continue;
    const known = projects.get(project);
    if (known === undefined) projects.set(project, [container]);
    else known.push(container);
  }
  return [...projects].map(([name, members]) => {
    const labels = members.map(({ listed }) => projectLabels(listed.Labels));
    const running = members.filter(({ listed }) => listed.State === 'running').length;
    const created = members.flatMap(({ row: { createdAt } }) => createdAt ?? []);
    const services = labels.flatMap(({ service }) => service ?? []);
    return row({
      key: name,
      namespace: null,
      name,
      createdAt: created.length === 0 ? null : Math.min(...created),
      status: worst(members.map((member) => member.row)),
      cells: {
        running: `${running}/${members.length}`,
        services: [...new Set(services)].sort().map(visibleText).slice(0, mostNamed),
        ports: members
          .flatMap(({ listed }) => publishedPorts(listed.Ports).map(portText))
          .slice(0, mostNamed),
        folder: visibleText(labels.find(({ workingDir }) => workingDir)?.workingDir ?? ''),
      },
    });
  });
}

function worst(rows: readonly ClusterRow[]): ClusterStatus {
  const [first] = [...rows].sort(
    (a, b) => statusLevels.indexOf(a.status.level) - statusLevels.indexOf(b.status.level),
  );
  if (first === undefined) return statusOf('unknown', 'Unknown');
  const { level, label, why } = first.status;
  if (level === 'well') return statusOf('well', 'Running');
  const words = why === null ? label : `${label}: ${why}`;
  return statusOf(level, label, `${first.name}: ${words}`);
}
