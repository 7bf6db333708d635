/** What a node says of how it is started. */
export interface BootFacts {
  /** /proc/mounts. */
  readonly mounts: string;
  /** Lines of fstab that name /boot or /boot/firmware. */
  readonly fstab: readonly string[];
  /** Which of `bootFiles` are there. */
  readonly files: readonly string[];
  /** Lines of the firmware's config.txt that lead to another file. */
  readonly config: readonly string[];
}

export type BootFile =
  /** The one that the firmware of a Raspberry Pi reads. */
  | { readonly kind: 'cmdline'; readonly path: string }
  | { readonly kind: 'unmounted'; readonly path: string }
  | { readonly kind: 'other'; readonly loader: 'extlinux' | 'armbian' | 'grub' | 'unknown' };

const places = ['/boot/firmware', '/boot'] as const;

/** What a look asks for. */
export const bootFiles = [
  '/boot/firmware/cmdline.txt',
  '/boot/cmdline.txt',
  '/boot/armbianEnv.txt',
  '/boot/extlinux/extlinux.conf',
  '/etc/default/grub',
] as const;

/**
 * The file with the kernel's words. On a Raspberry Pi there may be two: Debian 12 left a note at the old
 * place, and only what lies on the mounted boot partition counts.
 */
export function bootFileOf({ mounts, fstab, files, config }: BootFacts): BootFile {
  const mounted = mounts.split('\n').map((line) => line.split(' ')[1] ?? '');
  const has = (place: string) => files.includes(`${place}/cmdline.txt`);
  const onPartition = places.find((place) => mounted.includes(place) && has(place));
  if (onPartition) return { kind: 'cmdline', path: `${onPartition}/${named(config)}` };
  const declared = places.find((place) =>
    fstab.some((line) => line.trim().split(/\s+/)[1] === place),
  );
  const any = places.find(has);
  if (declared && any && !mounted.includes(declared)) return { kind: 'unmounted', path: declared };
  if (any) return { kind: 'cmdline', path: `${any}/${named(config)}` };
  if (files.includes('/boot/armbianEnv.txt')) return { kind: 'other', loader: 'armbian' };
  if (files.includes('/boot/extlinux/extlinux.conf')) return { kind: 'other', loader: 'extlinux' };
  return { kind: 'other', loader: files.includes('/etc/default/grub') ? 'grub' : 'unknown' };
}

/** config.txt may name another file, or a folder before it. */
function named(config: readonly string[]): string {
  const value = (key: string) =>
    config.map((line) => new RegExp(`^\\s*${key}=(\\S+)`).exec(line)?.[1]).findLast(Boolean);
  return `${value('os_prefix') ?? ''}${value('cmdline') ?? 'cmdline.txt'}`;
}

const words = 'cgroup_memory=1 cgroup_enable=memory';

/** What a person does where Rackhelm does not write the file itself. */
export function stepsFor(loader: 'extlinux' | 'armbian' | 'grub' | 'unknown'): string {
  switch (loader) {
    case 'armbian':
      return `Add “${words}” to the line extraargs= of /boot/armbianEnv.txt (make the line where there is none), then restart it.`;
    case 'extlinux':
      return `Add “${words}” to the append line in /boot/extlinux/extlinux.conf, or to U_BOOT_PARAMETERS in /etc/default/u-boot where that file is made by u-boot-update; then restart it.`;
    case 'grub':
      return `Add “${words}” to GRUB_CMDLINE_LINUX in /etc/default/grub, run update-grub (or grub2-mkconfig -o /boot/grub2/grub.cfg), then restart it.`;
    case 'unknown':
      return `Add “${words}” to the kernel’s command line by whatever starts this machine, then restart it.`;
  }
}
