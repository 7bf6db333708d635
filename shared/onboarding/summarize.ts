import type { BlockDevice, Facts, SectionData } from '../model/facts.ts';
import type { FactsSummary, SummedDisk, SummedLink } from './facts-summary.ts';

const longest = 300;

/** Short enough to be kept; facts are harmless already. */
const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
const cutOrNull = (text: string | null | undefined) => (text ? cut(text) : null);

/** Names of Kubernetes and of images, by what `uname -m` says. */
const architectures: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  amd64: 'amd64',
  aarch64: 'arm64',
  arm64: 'arm64',
  armv8l: 'arm',
  armv7l: 'arm',
  armv6l: 'arm',
  i386: '386',
  i686: '386',
};

const smallBoards =
  /orange ?pi|rock ?(pi|[345])|radxa|odroid|banana ?pi|nanopi|pine64|rockpro|jetson|turing|khadas|libre computer|beaglebone|visionfive/i;
const containers = /^(lxc|docker|podman|systemd-nspawn|openvz|rkt|proot|jail|container)/;

/** What a draft keeps of the facts of a machine. Pure. */
export function summarize(facts: Facts): FactsSummary {
  const { sections } = facts;
  const memory = dataOf(sections.memory);
  const os = dataOf(sections.os);
  const kernel = dataOf(sections.kernel);
  const model = dataOf(sections.model);
  const kubernetes = dataOf(sections.kubernetes);
  const disks = disksOf(dataOf(sections.blockDevices) ?? []);
  return {
    readAt: facts.collectedAt,
    hostname: cutOrNull(dataOf(sections.hostname)?.hostname),
    os: cutOrNull(os?.prettyName),
    osId: cutOrNull(os?.id),
    kernel: cutOrNull(kernel?.release),
    architecture: kernel ? cut(architectures[kernel.architecture] ?? kernel.architecture) : null,
    manufacturer: cutOrNull(model?.manufacturer),
    model: cutOrNull(model?.model),
    serial: cutOrNull(model?.serial),
    machineId: cutOrNull(dataOf(sections.machineId)?.machineId),
    board: boardOf(facts),
    cpu: cutOrNull(dataOf(sections.cpu)?.model),
    cores: dataOf(sections.cpu)?.cores ?? null,
    memoryBytes: memory?.totalBytes ?? null,
    swapBytes: memory?.swapTotalBytes ?? null,
    systemDisk: systemDiskOf(facts, disks),
    disks: disks.slice(0, 32),
    gpus: (dataOf(sections.gpus) ?? []).slice(0, 16).map(({ name, memoryTotalBytes }) => ({
      name: cut(name),
      memoryBytes: memoryTotalBytes,
    })),
    kubernetes: kubernetes
      ? {
          distribution: kubernetes.distribution,
          role: kubernetes.role,
          running: kubernetes.running,
        }
      : null,
    containerEngines: (dataOf(sections.containers) ?? [])
      .slice(0, 8)
      .map(({ engine }) => cut(engine)),
    listens: listensOf(facts),
    ...networkOf(facts),
    unread: Object.entries(sections)
      .filter(([, { status }]) => status === 'failed')
      .map(([name]) => name)
      .slice(0, 32),
  };
}

function dataOf<D>(
  section: { readonly status: 'ok'; readonly data: D } | { readonly status: 'absent' | 'failed' },
): D | undefined {
  return section.status === 'ok' ? section.data : undefined;
}

function boardOf({ sections }: Facts): FactsSummary['board'] {
  const kind = dataOf(sections.virtualization)?.kind ?? 'none';
  if (containers.test(kind)) return 'container';
  const model = dataOf(sections.model);
  const made = model ? `${model.manufacturer ?? ''} ${model.model}` : '';
  // Nobody makes these up, and a hypervisor may run on them.
  if (/raspberry pi/i.test(made)) return 'raspberry-pi';
  if (smallBoards.test(made)) return 'small-board';
  if (kind !== 'none' && kind !== 'wsl') return 'virtual';
  return model?.source === 'device-tree' ? 'small-board' : 'machine';
}

function disksOf(all: SectionData<'blockDevices'>): SummedDisk[] {
  return all
    .filter(({ type, sizeBytes }) => type === 'disk' && sizeBytes > 0)
    .filter(({ name }) => !/^(zram|ram|loop|fd|sr|nbd)\d|boot\d$/.test(name))
    .map((disk) => ({
      name: cut(disk.name),
      kind: diskKind(disk, all),
      sizeBytes: disk.sizeBytes,
      model: cutOrNull(disk.model),
    }));
}

function diskKind({ name, rotational, model }: BlockDevice, all: readonly BlockDevice[]) {
  if (/^mmcblk/.test(name)) {
    // Only soldered memory has areas to boot from.
    return all.some((other) => other.name.startsWith(`${name}boot`)) ? 'emmc' : 'sd-card';
  }
  if (/^nvme/.test(name)) return 'nvme';
  if (/^(vd|xvd)/.test(name) || /qemu|virtual|vmware|vbox/i.test(model ?? '')) return 'virtual';
  if (/flash (drive|disk)|cruzer|datatraveler|usb/i.test(model ?? '')) return 'usb';
  if (rotational === null) return 'unknown';
  return rotational ? 'hdd' : 'ssd';
}

/** The disk below `/`, through partitions, volumes and arrays. */
function systemDiskOf({ sections }: Facts, disks: readonly SummedDisk[]): SummedDisk | null {
  const root = dataOf(sections.fileSystems)?.find(({ mountPoint }) => mountPoint === '/');
  const all = dataOf(sections.blockDevices) ?? [];
  const name = root?.source.replace(/^\/dev\/(mapper\/)?/, '');
  let at = all.find((one) => one.name === name || one.kernelName === name);
  // As deep as anybody stacks them, so that a circle ends as well.
  for (let depth = 0; at !== undefined && depth < 10; depth += 1) {
    const found = disks.find((disk) => disk.name === at?.name);
    if (found !== undefined) return found;
    const { parent } = at;
    at = parent === null ? undefined : all.find((one) => one.name === parent);
  }
  return disks.length === 1 ? (disks[0] ?? null) : null;
}

function listensOf({ sections }: Facts): string[] {
  const names = (dataOf(sections.listeningPorts) ?? []).flatMap(({ process }) => process ?? []);
  return [...new Set(names)].slice(0, 32).map(cut);
}

/** Links of the kernel's own making, of containers and of bridges between them. */
const madeUp = /^(lo|docker|br-|veth|cni|flannel|cali|virbr|kube|tap|tun|vnet|dummy|ifb|podman)/;

function networkOf({ sections }: Facts) {
  const told = dataOf(sections.lldp) ?? [];
  const route = (dataOf(sections.routes) ?? [])
    .filter(({ destination, family }) => destination === 'default' && family === 'ipv4')
    .toSorted((a, b) => (a.metric ?? 0) - (b.metric ?? 0))[0];
  const links = (dataOf(sections.interfaces) ?? [])
    .filter(({ name, kind, master }) => {
      // What leads out is its network, whatever made it; a veth on no bridge is a container's own.
      const isOwn = kind !== 'loopback' && (kind !== 'veth' || master === null);
      return name === route?.interface || (isOwn && !madeUp.test(name));
    })
    .slice(0, 32)
    .map((one): SummedLink => {
      const neighbours = told.filter((neighbour) => neighbour.interface === one.name);
      const [neighbour] = neighbours;
      return {
        name: cut(one.name),
        mac: cutOrNull(one.mac),
        speedMbps: one.speedMbps,
        up: one.operState === 'up',
        addresses: one.addresses
          .filter(({ scope, temporary }) => scope !== 'link' && temporary !== true)
          .slice(0, 16)
          .map(({ address, dynamic }) => ({ address: cut(address), dynamic })),
        // Several on one port: something that does not speak LLDP is in between.
        neighbour:
          neighbour === undefined || neighbours.length > 1
            ? null
            : {
                device: cutOrNull(neighbour.chassisName ?? neighbour.chassisId),
                port: cutOrNull(neighbour.portId ?? neighbour.portDescription),
              },
      };
    });
  return {
    links,
    defaultLink: cutOrNull(route?.interface),
    gateway: cutOrNull(route?.gateway),
    dns: (dataOf(sections.dns)?.servers ?? []).slice(0, 8).map(cut),
  };
}
