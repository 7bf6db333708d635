import { z } from 'zod';
import type { BlockDevice } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { failed, jsonIn, ok, reasonOf, type SectionParser } from './outcome.ts';

const text = z.string().nullish().catch(null);
// util-linux before 2.33 prints numbers and booleans as strings.
const number = z.union([z.number(), z.string().transform(Number)]).catch(0);
const flag = z
  .union([z.boolean(), z.string().transform((word) => word === '1'), z.number().transform(Boolean)])
  .nullish()
  .catch(null);

const lsblkDevice = z.object({
  name: z.string(),
  type: text,
  size: number,
  model: text,
  serial: text,
  rota: flag,
  pkname: text,
  get children() {
    return z.array(lsblkDevice).nullish();
  },
});
const lsblkOutput = z.object({ blockdevices: z.array(lsblkDevice) });
type LsblkDevice = z.infer<typeof lsblkDevice>;

export const parseBlockDevices: SectionParser<'blockDevices'> = (evidence) => {
  const lsblk = evidence.part('lsblk');
  const parsed = lsblk?.end === 0 ? lsblkOutput.safeParse(jsonIn(lsblk.text)) : null;
  if (parsed?.success) return ok(tidy(flatten(parsed.data.blockdevices, null)));
  const devices = [...fromSysfs(evidence), ...fromPartitions(evidence)];
  if (devices.length > 0) return ok(tidy(devices));
  return failed(
    lsblk ? reasonOf('lsblk', lsblk, evidence) : 'Neither lsblk nor /sys/block is there.',
  );
};

function flatten(devices: readonly LsblkDevice[], parent: string | null): BlockDevice[] {
  return devices.flatMap((device) => [
    {
      name: device.name,
      type: device.type ?? 'disk',
      sizeBytes: device.size,
      model: device.model?.trim() || null,
      serial: device.serial?.trim() || null,
      rotational: device.rota ?? null,
      parent: device.pkname || parent,
    },
    ...flatten(device.children ?? [], device.name),
  ]);
}

/** A RAID stands below each of its members: once is enough. Loops and empty drives say nothing. */
function tidy(devices: readonly BlockDevice[]): BlockDevice[] {
  const byName = new Map<string, BlockDevice>();
  for (const device of devices) {
    if (!Number.isSafeInteger(device.sizeBytes)) continue;
    if (device.sizeBytes <= 0 || device.type === 'loop' || /^ram\d/.test(device.name)) continue;
    if (!byName.has(device.name)) byName.set(device.name, device);
  }
  return [...byName.values()];
}

function fromSysfs(evidence: Evidence): BlockDevice[] {
  const devices: BlockDevice[] = [];
  for (const path of evidence.paths) {
    const [, disk, partition] = /^\/sys\/block\/([^/]+)(?:\/([^/]+))?\/size$/.exec(path) ?? [];
    if (disk === undefined) continue;
    const base = `/sys/block/${disk}/`;
    if (partition !== undefined && !evidence.lines(`${base}${partition}/partition`)) continue;
    const rotational = evidence.line(`${base}queue/rotational`);
    const own = partition === undefined;
    devices.push({
      name: partition ?? disk,
      type: own ? sysfsType(disk, evidence) : 'part',
      // Always in units of 512 bytes, whatever the drive's own sectors are.
      sizeBytes: Number(evidence.line(path)) * 512,
      model: own
        ? (evidence.line(`${base}device/model`) ?? evidence.line(`${base}device/name`))
        : null,
      serial: own ? evidence.line(`${base}device/serial`) : null,
      rotational: rotational === null ? null : rotational === '1',
      parent: own ? null : disk,
    });
  }
  return devices;
}

function sysfsType(disk: string, evidence: Evidence): string {
  const base = `/sys/block/${disk}/`;
  const dm = evidence.line(`${base}dm/uuid`);
  if (dm?.startsWith('LVM-')) return 'lvm';
  if (dm?.startsWith('CRYPT-')) return 'crypt';
  if (dm || disk.startsWith('dm-')) return 'dm';
  if (disk.startsWith('md')) return evidence.line(`${base}md/level`) ?? 'raid';
  if (disk.startsWith('sr')) return 'rom';
  return disk.startsWith('loop') ? 'loop' : 'disk';
}

/** Without /sys: names and sizes in KiB. */
function fromPartitions(evidence: Evidence): BlockDevice[] {
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
      type: isPart ? 'part' : sysfsType(name, evidence),
      sizeBytes: Number(kib) * 1024,
      model: null,
      serial: null,
      rotational: null,
      parent: isPart ? parent : null,
    };
  });
}
