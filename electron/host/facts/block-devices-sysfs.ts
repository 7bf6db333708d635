import type { Evidence } from './evidence.ts';
import { type ListedDevice, typeByName } from './listed-device.ts';

/** Without lsblk: /sys/block, with the names of the device mapper and what each stands upon. */
export function fromSysfs(evidence: Evidence): ListedDevice[] {
  const slaves = readSlaves(evidence);
  const devices: ListedDevice[] = [];
  for (const path of evidence.paths) {
    const [, disk, partition] = /^\/sys\/block\/([^/]+)(?:\/([^/]+))?\/size$/.exec(path) ?? [];
    // One of several paths to a disk that is listed by itself.
    if (disk === undefined || /^nvme\d+c\d+n\d+$/.test(disk)) continue;
    const base = `/sys/block/${disk}/`;
    if (partition !== undefined && !evidence.lines(`${base}${partition}/partition`)) continue;
    const rotational = evidence.line(`${base}queue/rotational`);
    const own = partition === undefined;
    const mapped = own ? evidence.line(`${base}dm/name`) : null;
    devices.push({
      name: mapped ?? inDev(partition ?? disk),
      kernelName: inDev(partition ?? disk),
      type: own ? sysfsType(disk, evidence) : 'part',
      // Always in units of 512 bytes, whatever the drive's own sectors are.
      sizeBytes: Number(evidence.line(path)) * 512,
      model: own
        ? (evidence.line(`${base}device/model`) ?? evidence.line(`${base}device/name`))
        : null,
      serial: own ? evidence.line(`${base}device/serial`) : null,
      rotational: rotational === null ? null : rotational === '1',
      parents: own ? (slaves.get(disk) ?? []).map(inDev) : [inDev(disk)],
    });
  }
  return devices;
}

/** The kernel writes `cciss!c0d0` for what lies in a folder of /dev. */
function inDev(name: string): string {
  return name.replaceAll('!', '/');
}

/** What each device is made of, by the kernel's names: `/sys/block/dm-0/slaves/sda2`. */
function readSlaves(evidence: Evidence): ReadonlyMap<string, readonly string[]> {
  const slaves = new Map<string, string[]>();
  for (const line of evidence.part('block-slaves')?.text.split('\n') ?? []) {
    const [, above, below] = /^\/sys\/block\/([^/]+)\/slaves\/([^/]+)$/.exec(line) ?? [];
    if (above === undefined || below === undefined) continue;
    const known = slaves.get(above);
    if (known) known.push(below);
    else slaves.set(above, [below]);
  }
  return slaves;
}

function sysfsType(disk: string, evidence: Evidence): string {
  const base = `/sys/block/${disk}/`;
  const dm = evidence.line(`${base}dm/uuid`);
  if (dm?.startsWith('LVM-')) return 'lvm';
  if (dm?.startsWith('CRYPT-')) return 'crypt';
  if (dm?.startsWith('mpath-')) return 'mpath';
  if (dm && /^part\d+-/.test(dm)) return 'part';
  if (dm || disk.startsWith('dm-')) return 'dm';
  if (disk.startsWith('md')) return evidence.line(`${base}md/level`) ?? 'raid';
  return typeByName(disk);
}

/** Without /sys: names and sizes in KiB. */
export function fromPartitions(evidence: Evidence): ListedDevice[] {
  const names = new Set<string>();
  return (evidence.lines('/proc/partitions') ?? []).flatMap((line) => {
    const [, kib, name] = /^\s*\d+\s+\d+\s+(\d+)\s+(\S+)$/.exec(line) ?? [];
    if (kib === undefined || name === undefined) return [];
    names.add(name);
    const [, disk] = /^(.*\dp|[a-z]+)\d+$/.exec(name) ?? [];
    const parent = disk?.replace(/(\d)p$/, '$1');
    const isPart = parent !== undefined && names.has(parent);
    return {
      name,
      kernelName: name,
      type: isPart ? 'part' : sysfsType(name, evidence),
      sizeBytes: Number(kib) * 1024,
      model: null,
      serial: null,
      rotational: null,
      parents: isPart ? [parent] : [],
    };
  });
}
