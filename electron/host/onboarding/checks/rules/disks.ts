import { formatBytes } from '../../../../../shared/model/amounts.ts';
import type { BlockDevice, FileSystem } from '../../../../../shared/model/facts.ts';
import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { bySteps, fail, notApplicable, pass, unknown, untold, warn } from '../verdicts.ts';

const group = 'Storage';
const gibibyte = 1024 ** 3;
/** Where K3s keeps its data, images and local volumes. */
const dataPath = '/var/lib/rancher';

/** The mounted file system that a path lies on: the last one mounted at the longest prefix. */
export function fileSystemOf(systems: readonly FileSystem[], path: string): FileSystem | undefined {
  const above = systems.filter(
    ({ mountPoint }) => path === mountPoint || path.startsWith(mountPoint.replace(/\/?$/, '/')),
  );
  return above.reduce<FileSystem | undefined>(
    (best, one) => (best && best.mountPoint.length > one.mountPoint.length ? best : one),
    undefined,
  );
}

/** The disk below a file system; undefined where that cannot be told: a network, an overlay. */
function diskBelow(disks: readonly BlockDevice[], source: string): BlockDevice | undefined {
  const name = source.replace(/^\/dev\/(mapper\/)?/, '');
  let device = disks.find((one) => one.name === name || one.kernelName === name);
  for (let step = 0; device?.parent && step < 8; step += 1) {
    const { parent } = device;
    device = disks.find((one) => one.name === parent || one.kernelName === parent) ?? device;
    if (device.name !== parent && device.kernelName !== parent) break;
  }
  return device;
}

export type DiskKind = 'sd-card' | 'emmc' | 'usb' | 'hdd' | 'ssd' | 'nvme' | 'virtual' | null;

/** `MMC` is soldered on and made for this; `SD` is a card. */
export function diskKind(machine: Preflight, disk: BlockDevice): DiskKind {
  const name = disk.kernelName ?? disk.name;
  if (name.startsWith('mmcblk')) {
    return machine.line(`/sys/block/${name}/device/type`) === 'MMC' ? 'emmc' : 'sd-card';
  }
  if (name.startsWith('nvme')) return 'nvme';
  if (/^(vd|xvd)/.test(name)) return 'virtual';
  const link = linkOf(machine, name);
  if (link?.includes('/usb') && machine.line(`/sys/block/${name}/removable`) === '1') return 'usb';
  if (disk.rotational === true) return 'hdd';
  return disk.rotational === false ? 'ssd' : null;
}

function linkOf(machine: Preflight, name: string): string | undefined {
  const lines = machine.part('links')?.text.split('\n') ?? [];
  return lines.find((line) => line.includes(`/sys/block/${name} -> `));
}

const words: Readonly<Record<NonNullable<DiskKind>, string>> = {
  'sd-card': 'an SD card',
  emmc: 'eMMC',
  usb: 'a USB stick',
  hdd: 'a hard disk',
  ssd: 'an SSD',
  nvme: 'an NVMe SSD',
  virtual: 'a virtual disk',
};

const moveData = bySteps(
  'Put an SSD on the machine and move the system, or at least /var/lib/rancher, there.',
  'Or make this machine a worker.',
);

export const diskKindCheck: MachineCheck = {
  id: 'onboarding.disk-kind',
  group,
  title: 'Kind of disk',
  why: 'etcd writes all the time and wants an answer within 5 ms: it wears SD cards out and is slow on hard disks.',
  rule(machine, { role }) {
    const shown = [...machine.shows('lsblk'), ...machine.shows('df', / \/(var.*)?$/)];
    const [systems, disks] = [machine.fact('fileSystems'), machine.fact('blockDevices')];
    if (!systems) return untold(machine, 'fileSystems', shown);
    if (!disks) return untold(machine, 'blockDevices', shown);
    const system = fileSystemOf(systems, dataPath);
    const disk = system && diskBelow(disks, system.source);
    const kind = disk ? diskKind(machine, disk) : null;
    if (!disk || kind === null) {
      return unknown(
        `What ${dataPath} would lie on (${system?.source ?? 'nothing known'}) is no disk that tells its kind.`,
        shown,
      );
    }
    const found = `${dataPath} would lie on ${words[kind]} (${disk.name}).`;
    const server = role === 'control-plane';
    if (kind === 'sd-card' || kind === 'usb')
      return server ? fail(found, shown, moveData) : warn(found, shown, moveData);
    if (kind === 'hdd' && server) return fail(found, shown, moveData);
    if (kind === 'emmc' && server) return warn(found, shown, moveData);
    return pass(found, shown);
  },
};

const makeRoom = bySteps(
  'Delete what is not needed: journalctl --vacuum-size=200M, apt-get clean, old images and logs.',
  'Or give the machine a larger disk.',
);

export const freeSpace: MachineCheck = {
  id: 'onboarding.free-space',
  group,
  title: 'Free space',
  why: 'Images, logs and the database of the cluster fill a disk; when it is full, nodes throw workloads out.',
  rule(machine, { role }) {
    const shown = machine.shows('df');
    const systems = machine.fact('fileSystems');
    if (!systems) return untold(machine, 'fileSystems', shown);
    const wanted =
      { 'control-plane': 10, worker: 10, storage: 20, gpu: 40, edge: 4 }[role] * gibibyte;
    const places = [
      ...new Set([
        fileSystemOf(systems, dataPath),
        fileSystemOf(systems, '/'),
        fileSystemOf(systems, '/var/log'),
      ]),
    ];
    return places.flatMap((system) => {
      if (!system) return [];
      const { mountPoint, availableBytes, sizeBytes } = system;
      const free = `${formatBytes(availableBytes)} of ${formatBytes(sizeBytes)} free on ${mountPoint}.`;
      const verdict =
        availableBytes < wanted / 5 || availableBytes < sizeBytes * 0.05
          ? fail(free, shown, makeRoom)
          : availableBytes < wanted || availableBytes < sizeBytes * 0.15
            ? warn(free, shown, makeRoom)
            : pass(free, shown);
      return { ...verdict, part: mountPoint };
    });
  },
};

export const freeInodes: MachineCheck = {
  id: 'onboarding.free-inodes',
  group,
  title: 'Free inodes',
  why: 'A file system without inodes takes no file any more, however much space is left; images hold many small files.',
  rule(machine) {
    const part = machine.part('inodes');
    const shown = machine.shows('inodes');
    const rows = (part?.text.split('\n') ?? []).flatMap((line) => {
      const told = /\s(\d+)\s+(\d+)\s+(\d+)\s+(\d+)%\s+(\/\S*)$/.exec(line);
      return told ? { total: Number(told[1]), free: Number(told[3]), place: told[5] ?? '/' } : [];
    });
    if (rows.length === 0)
      return unknown(
        'This df does not count inodes, or the file system has no fixed number.',
        shown,
      );
    return rows.map(({ total, free, place }) => {
      const share = free / total;
      const found = `${Math.round(share * 100)} % of the inodes are free on ${place}.`;
      const verdict =
        total === 0 || share >= 0.15
          ? pass(total === 0 ? `${place} has no fixed number.` : found, shown)
          : share < 0.05
            ? fail(found, shown, makeRoom)
            : warn(found, shown, makeRoom);
      return { ...verdict, part: place };
    });
  },
};

const written = new Set(['ext2', 'ext3', 'ext4', 'xfs', 'btrfs', 'f2fs', 'zfs']);

export const readOnly: MachineCheck = {
  id: 'onboarding.read-only',
  group,
  title: 'File systems can be written',
  why: 'Linux makes a file system read-only when its disk fails; an installation would stop half-way.',
  rule(machine) {
    const lines = machine.lines('/proc/mounts');
    if (!lines) return unknown('/proc/mounts was not told.');
    const shown = machine.shows('files', /^\/proc\/mounts:\S+ \/(var\S*|home|srv)? \S+ /);
    const mounts = new Map(
      lines.flatMap((line) => {
        const [, place = '', type = '', options = ''] = line.split(' ');
        const important = place === '/' || place === '/home' || /^\/(var|srv)(\/|$)/.test(place);
        return important && written.has(type) ? [[place, options.split(',')] as const] : [];
      }),
    );
    const stuck = [...mounts]
      .filter(([, options]) => options.includes('ro'))
      .map(([place]) => place);
    if (stuck.length === 0) return pass('All of them.', shown);
    const fix = bySteps(
      'Look into dmesg for errors of the disk, and save what is on it.',
      'Then fsck, or a new disk; or end the read-only mode that was set up on purpose (overlayroot).',
    );
    return fail(`Read-only: ${stuck.join(', ')}.`, shown, fix);
  },
};

export const storageSize: MachineCheck = {
  id: 'onboarding.storage-size',
  group,
  title: 'Disks for storage',
  why: 'A machine that keeps data for others wants a disk apart from that of its system.',
  rule(machine, { role }) {
    if (role !== 'storage') return notApplicable('This role keeps no data for others.');
    const disks = machine.fact('blockDevices');
    const shown = machine.shows('lsblk');
    if (!disks) return untold(machine, 'blockDevices', shown);
    const whole = disks.filter(
      ({ type, sizeBytes, name }) =>
        type === 'disk' && sizeBytes > gibibyte && !/^(zram|loop|ram)/.test(name),
    );
    if (whole.length > 1)
      return pass(
        whole.map(({ name, sizeBytes }) => `${name} ${formatBytes(sizeBytes)}`).join(', '),
        shown,
      );
    return warn(
      whole.length === 1
        ? 'It has one disk, which holds the system.'
        : 'No disk of its own was seen.',
      shown,
      bySteps('Add a disk, or give the machine another role.'),
    );
  },
};
