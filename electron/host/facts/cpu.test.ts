import { describe, expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

function cpu(cpuinfo: string, more: Record<string, string> = {}) {
  return sectionsOf({ files: filesOf({ '/proc/cpuinfo': cpuinfo, ...more }) }).cpu;
}

const x86 = (processor: number, physical: number, core: number) =>
  `processor\t: ${processor}\nmodel name\t: AMD  Ryzen 9 5950X\nphysical id\t: ${physical}\ncore id\t\t: ${core}\n`;
const arm = (processor: number, part: string) =>
  `processor\t: ${processor}\nCPU implementer\t: 0x41\nCPU part\t: ${part}\n`;

describe('the processor', () => {
  it('counts threads, cores and sockets of x86', () => {
    const text = [
      x86(0, 0, 0),
      x86(1, 0, 1),
      x86(2, 0, 0),
      x86(3, 0, 1),
      x86(4, 1, 0),
      x86(5, 1, 0),
    ].join('\n');
    const more = { '/sys/devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq': '4900000' };
    expect(cpu(text, more)).toEqual({
      status: 'ok',
      data: { model: 'AMD Ryzen 9 5950X', cores: 3, threads: 6, sockets: 2, maxMhz: 4900 },
    });
  });

  it('names the cores of a Raspberry Pi 5, whose last block is the board', () => {
    const text = `${[0, 1, 2, 3].map((n) => arm(n, '0xd0b')).join('\n')}\nRevision\t: c04170\nModel\t\t: Raspberry Pi 5 Model B Rev 1.0`;
    expect(cpu(text)).toMatchObject({
      data: { model: 'Cortex-A76', cores: 4, threads: 4, sockets: null },
    });
  });

  it('names both kinds of cores of a big.LITTLE chip', () => {
    const text = [
      ...[0, 1, 2, 3].map((n) => arm(n, '0xd05')),
      ...[4, 5, 6, 7].map((n) => arm(n, '0xd0b')),
    ].join('\n');
    expect(cpu(text)).toMatchObject({
      data: { model: '4× Cortex-A55 + 4× Cortex-A76', threads: 8 },
    });
  });

  it('counts by /sys where cpuinfo tells no cores', () => {
    const files = filesOf({
      '/sys/devices/system/cpu/online': '0-3,6',
      '/sys/devices/system/cpu/cpu0/topology/physical_package_id': '0',
      '/sys/devices/system/cpu/cpu1/topology/physical_package_id': '0',
      '/sys/devices/system/cpu/cpu0/topology/core_id': '0',
      '/sys/devices/system/cpu/cpu1/topology/core_id': '0',
    });
    expect(sectionsOf({ files }).cpu).toMatchObject({
      data: { model: null, cores: 1, threads: 5 },
    });
  });

  const topology = (files: Record<string, readonly (string | number)[]>) =>
    Object.fromEntries(
      Object.entries(files).flatMap(([file, values]) =>
        values.map((value, at) => [
          `/sys/devices/system/cpu/cpu${at}/topology/${file}`,
          String(value),
        ]),
      ),
    );

  it('counts the cores of a chip whose clusters number them anew', () => {
    // An RK3588 in three clusters, all in package 0.
    const text = [0, 1, 2, 3, 4, 5, 6, 7].map((n) => arm(n, n < 4 ? '0xd05' : '0xd0b')).join('\n');
    const old = { physical_package_id: Array(8).fill(0), core_id: [0, 1, 2, 3, 0, 1, 0, 1] };
    const each = [0, 1, 2, 3, 4, 5, 6, 7];
    for (const file of ['thread_siblings_list', 'core_cpus_list']) {
      expect(cpu(text, topology({ ...old, [file]: each }))).toMatchObject({
        data: { cores: 8, threads: 8 },
      });
    }
  });

  it('counts threads of one core once by their lists', () => {
    const text = [0, 1, 2, 3].map((n) => `processor\t: ${n}\n`).join('\n');
    const lists = { thread_siblings_list: ['0,2', '1,3', '0,2', '1,3'] };
    expect(cpu(text, topology({ ...lists, core_id: [0, 0, 0, 0] }))).toMatchObject({
      data: { cores: 2, threads: 4 },
    });
  });

  it('believes the /proc/cpuinfo of a container that shows fewer processors than /sys', () => {
    // Its processors 0 and 1 are others than those of /sys, which are threads of one core.
    const lists = { thread_siblings_list: ['0-1', '0-1', '2-3', '2-3'], core_id: [0, 0, 1, 1] };
    const text = `${x86(0, 0, 3)}\n${x86(1, 0, 8)}`;
    expect(cpu(text, topology(lists))).toMatchObject({ data: { cores: 2, threads: 2 } });
  });

  it('fails where nothing tells', () => {
    expect(sectionsOf({}).cpu.status).toBe('failed');
    expect(
      sectionsOf({ files: filesOf({ '/sys/devices/system/cpu/online': '9-1,x' }) }).cpu.status,
    ).toBe('failed');
  });
});
