import { describe, expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const disk = (name: string, children: unknown[] = [], more: object = {}) => ({
  name,
  type: 'disk',
  size: 1000,
  model: ' Samsung SSD 980 ',
  serial: 'S64',
  rota: false,
  pkname: null,
  ...(children.length > 0 ? { children } : {}),
  ...more,
});
const lsblk = (...blockdevices: unknown[]) =>
  sectionsOf({ lsblk: JSON.stringify({ blockdevices }) }).blockDevices;

describe('block devices from lsblk', () => {
  it('keeps the tree as parents, a RAID once', () => {
    const md = {
      name: 'md0',
      type: 'raid1',
      size: 900,
      model: null,
      serial: null,
      rota: false,
      pkname: 'sda1',
    };
    const part = (name: string) => disk(name, [md], { type: 'part', model: null, serial: null });
    const section = lsblk(disk('sda', [part('sda1')]), disk('sdb', [part('sdb1')]));
    if (section.status !== 'ok') throw new Error(section.reason);
    expect(section.data.map(({ name, type, parent }) => [name, type, parent])).toEqual([
      ['sda', 'disk', null],
      ['sda1', 'part', 'sda'],
      ['md0', 'raid1', 'sda1'],
      ['sdb', 'disk', null],
      ['sdb1', 'part', 'sdb'],
    ]);
    expect(section.data[0]).toMatchObject({ model: 'Samsung SSD 980', serial: 'S64' });
  });

  it('reads the strings of old versions', () => {
    expect(lsblk(disk('sda', [], { size: '2000398934016', rota: '1' }))).toMatchObject({
      data: [{ sizeBytes: 2000398934016, rotational: true }],
    });
  });

  it('leaves out loops and empty drives', () => {
    expect(
      lsblk(
        disk('loop0', [], { type: 'loop' }),
        disk('sr0', [], { type: 'rom', size: 0 }),
        disk('sda'),
      ),
    ).toMatchObject({
      data: [{ name: 'sda' }],
    });
  });
});

describe('block devices without lsblk', () => {
  const files = filesOf({
    '/sys/block/mmcblk0/size': '62333952',
    '/sys/block/mmcblk0/queue/rotational': '0',
    '/sys/block/mmcblk0/device/name': 'SD32G',
    '/sys/block/mmcblk0/device/serial': '0x1234abcd',
    '/sys/block/mmcblk0/mmcblk0p1/partition': '1',
    '/sys/block/mmcblk0/mmcblk0p1/size': '1048576',
    '/sys/block/mmcblk0/queue/size': '4',
    '/sys/block/dm-0/size': '2048',
    '/sys/block/dm-0/dm/uuid': 'LVM-xyz',
    '/sys/block/loop0/size': '8',
  });
  it('come from /sys in bytes of 512-byte units', () => {
    expect(
      sectionsOf({ 'block-files': files, lsblk: { end: 1, text: 'lsblk: unknown column' } })
        .blockDevices,
    ).toEqual({
      status: 'ok',
      data: [
        {
          name: 'mmcblk0',
          type: 'disk',
          sizeBytes: 62333952 * 512,
          model: 'SD32G',
          serial: '0x1234abcd',
          rotational: false,
          parent: null,
        },
        {
          name: 'mmcblk0p1',
          type: 'part',
          sizeBytes: 1048576 * 512,
          model: null,
          serial: null,
          rotational: false,
          parent: 'mmcblk0',
        },
        {
          name: 'dm-0',
          type: 'lvm',
          sizeBytes: 2048 * 512,
          model: null,
          serial: null,
          rotational: null,
          parent: null,
        },
      ],
    });
  });

  it('come from /proc/partitions where there is no /sys', () => {
    const text =
      'major minor  #blocks  name\n\n 259        0  976762584 nvme0n1\n 259        1     524288 nvme0n1p1\n   8        0       1024 sda\n   8        1        512 sda1';
    const section = sectionsOf({
      'block-files': filesOf({ '/proc/partitions': text }),
    }).blockDevices;
    expect(section).toMatchObject({
      data: [
        { name: 'nvme0n1', type: 'disk', parent: null, sizeBytes: 976762584 * 1024 },
        { name: 'nvme0n1p1', type: 'part', parent: 'nvme0n1' },
        { name: 'sda', type: 'disk' },
        { name: 'sda1', type: 'part', parent: 'sda' },
      ],
    });
  });

  it('are kept beside one whose size is no size', () => {
    const blockdevices = [
      { name: 'sda', type: 'disk', size: 1e300 },
      { name: 'sdb', type: 'disk', size: 'x' },
      { name: 'sdc', type: 'disk', size: 512 },
    ];
    const lsblk = JSON.stringify({ blockdevices });
    expect(sectionsOf({ lsblk }).blockDevices).toMatchObject({
      status: 'ok',
      data: [{ name: 'sdc' }],
    });
  });

  it('fail with the reason that lsblk gave', () => {
    expect(sectionsOf({ lsblk: { end: 'late', text: '' } }).blockDevices).toEqual({
      status: 'failed',
      reason: 'lsblk gave no answer in time and was stopped.',
    });
    expect(sectionsOf({}).blockDevices.status).toBe('failed');
  });
});

describe('what stands upon a device with two names', () => {
  const told = (parts: Record<string, PartFixture>) => {
    const { blockDevices } = sectionsOf(parts);
    if (blockDevices.status !== 'ok') throw new Error(blockDevices.reason);
    const names = new Set(blockDevices.data.map(({ name }) => name));
    const lost = blockDevices.data.filter(({ parent }) => parent !== null && !names.has(parent));
    expect(lost).toEqual([]);
    return Object.fromEntries(blockDevices.data.map((device) => [device.name, device]));
  };
  const device = (name: string, type: string, pkname: string | null, more: object = {}) => ({
    name,
    type,
    size: 1000,
    pkname,
    ...more,
  });

  it('names it as the list does, nested or flat', () => {
    const swap = device('rack-swap', 'lvm', 'dm-0', { kname: 'dm-1' });
    const vault = device('vault', 'crypt', 'sda2', { kname: 'dm-0' });
    const nested = [
      device('sda', 'disk', null, {
        children: [device('sda2', 'part', 'sda', { children: [{ ...vault, children: [swap] }] })],
      }),
    ];
    const flat = [device('sda', 'disk', null), device('sda2', 'part', 'sda'), vault, swap];
    for (const blockdevices of [nested, flat]) {
      const seen = told({ lsblk: JSON.stringify({ blockdevices }) });
      expect(seen['rack-swap']).toMatchObject({ parent: 'vault', kernelName: 'dm-1' });
      expect(seen.vault).toMatchObject({ parent: 'sda2', kernelName: 'dm-0' });
    }
  });

  it('tells all members of a RAID and both paths to a disk', () => {
    const md = device('md0', 'raid1', 'sda1');
    const blockdevices = ['sda', 'sdb'].map((name) =>
      device(name, 'disk', null, {
        children: [device(`${name}1`, 'part', name, { children: [md] })],
      }),
    );
    expect(told({ lsblk: JSON.stringify({ blockdevices }) }).md0).toMatchObject({
      parent: 'sda1',
      parents: ['sda1', 'sdb1'],
    });
  });

  it('is told by /sys as well', () => {
    const files = filesOf({
      '/sys/block/sda/size': '2000',
      '/sys/block/sda/sda1/size': '1000',
      '/sys/block/sda/sda1/partition': '1',
      '/sys/block/sdb/size': '2000',
      '/sys/block/dm-0/size': '1000',
      '/sys/block/dm-0/dm/name': 'vault',
      '/sys/block/dm-0/dm/uuid': 'CRYPT-LUKS2-1',
      '/sys/block/dm-1/size': '500',
      '/sys/block/dm-1/dm/name': 'rack-root',
      '/sys/block/dm-1/dm/uuid': 'LVM-1',
      '/sys/block/md0/size': '500',
      '/sys/block/md0/md/level': 'raid1',
    });
    const slaves = ['dm-0/slaves/sda1', 'dm-1/slaves/dm-0', 'md0/slaves/sda', 'md0/slaves/sdb'];
    const seen = told({
      'block-files': files,
      'block-slaves': slaves.map((path) => `/sys/block/${path}`).join('\n'),
    });
    expect(seen.vault).toMatchObject({ type: 'crypt', parent: 'sda1', kernelName: 'dm-0' });
    expect(seen['rack-root']).toMatchObject({ type: 'lvm', parent: 'vault' });
    expect(seen.md0).toMatchObject({ parents: ['sda', 'sdb'] });
  });

  it('reads sizes and flags as text, and no refusal as a serial number', () => {
    const blockdevices = [
      { name: '/dev/sda', size: '476.9G', rota: '0', serial: '[N/A]', model: 'null' },
    ];
    expect(told({ lsblk: JSON.stringify({ blockdevices }) }).sda).toMatchObject({
      type: 'disk',
      sizeBytes: Math.round(476.9 * 1024 ** 3),
      rotational: false,
      serial: null,
      model: null,
    });
  });
});
