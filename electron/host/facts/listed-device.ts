import type { BlockDevice } from '../../../shared/model/facts.ts';

/** A device before it is known which of the others its parents are. */
export interface ListedDevice extends Omit<BlockDevice, 'kernelName' | 'parent' | 'parents'> {
  /** The kernel's name: `dm-0` for what NAME calls `vault`. */
  readonly kernelName: string | null;
  /** By either name; the same device may be listed once below each of them. */
  readonly parents: readonly string[];
}

const notDisks: readonly (readonly [RegExp, string])[] = [
  [/^zram\d/, 'zram'],
  [/^zd\d/, 'zvol'],
  [/^bcache\d/, 'cache'],
  [/^mmcblk\d+(boot|rpmb|gp)/, 'boot'],
  [/^(mtdblock|ubiblock)\d/, 'flash'],
  [/^(drbd|rbd|nbd)\d/, 'network'],
];

/** lsblk calls every whole device a disk; these are parts or copies of one, or memory. */
export function typeOfWhole(type: string, name: string): string {
  if (type !== 'disk') return type;
  return notDisks.find(([pattern]) => pattern.test(name))?.[1] ?? type;
}

/** What the kernel's names tell where nothing else does. */
export function typeByName(name: string): string {
  if (name.startsWith('loop')) return 'loop';
  if (name.startsWith('sr')) return 'rom';
  if (/^md\d/.test(name)) return 'raid';
  if (name.startsWith('dm-')) return 'dm';
  return /^((nvme\d+n|mmcblk|nbd|loop)\d+p|[svhx]v?d[a-z]+)\d+$/.test(name) ? 'part' : 'disk';
}
