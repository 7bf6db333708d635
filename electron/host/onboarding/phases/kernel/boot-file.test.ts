import { describe, expect, it } from 'vitest';
import { bootFileOf } from './boot-file.ts';

const facts = { mounts: '', fstab: [], files: [], config: [] };
const both = ['/boot/firmware/cmdline.txt', '/boot/cmdline.txt'];
const vfat = (where: string) =>
  `/dev/mmcblk0p2 / ext4 rw 0 0\n/dev/mmcblk0p1 ${where} vfat rw 0 0\n`;

describe('bootFileOf', () => {
  it('takes the file on the mounted boot partition, wherever that is', () => {
    expect(bootFileOf({ ...facts, mounts: vfat('/boot/firmware'), files: both })).toEqual({
      kind: 'cmdline',
      path: '/boot/firmware/cmdline.txt',
    });
    expect(bootFileOf({ ...facts, mounts: vfat('/boot'), files: both })).toEqual({
      kind: 'cmdline',
      path: '/boot/cmdline.txt',
    });
  });

  it('does not write what lies below a boot partition that is not mounted', () => {
    const fstab = ['PARTUUID=1-01  /boot/firmware  vfat  defaults  0  2'];
    expect(bootFileOf({ ...facts, fstab, files: both })).toEqual({
      kind: 'unmounted',
      path: '/boot/firmware',
    });
    expect(bootFileOf({ ...facts, files: both })).toMatchObject({ path: both[0] });
  });

  it('follows config.txt to another file', () => {
    const of = (config: string[]) =>
      bootFileOf({ ...facts, mounts: vfat('/boot/firmware'), files: both, config });
    expect(of(['cmdline=mine.txt'])).toMatchObject({ path: '/boot/firmware/mine.txt' });
    expect(of(['os_prefix=current/'])).toMatchObject({
      path: '/boot/firmware/current/cmdline.txt',
    });
  });

  it('tells the loaders of other boards apart', () => {
    const loader = (...files: string[]) => bootFileOf({ ...facts, files });
    expect(loader('/boot/armbianEnv.txt')).toEqual({ kind: 'other', loader: 'armbian' });
    expect(loader('/boot/extlinux/extlinux.conf')).toEqual({ kind: 'other', loader: 'extlinux' });
    expect(loader('/etc/default/grub')).toEqual({ kind: 'other', loader: 'grub' });
    expect(loader()).toEqual({ kind: 'other', loader: 'unknown' });
  });
});
