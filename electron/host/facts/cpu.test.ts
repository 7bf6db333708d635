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

describe('processors that are newer, mixed or of other makers', () => {
  const told = (lines: string) => {
    const { cpu } = sectionsOf({ files: filesOf({ '/proc/cpuinfo': lines }) });
    return cpu.status === 'ok' ? cpu.data : cpu;
  };
  const arm = (...kinds: [string, string, number][]) =>
    kinds
      .flatMap(([by, part, count]) => Array.from({ length: count }, () => [by, part] as const))
      .map(
        ([by, part], at) => `processor\t: ${at}\nCPU implementer\t: ${by}\nCPU part\t: ${part}\n`,
      )
      .join('\n');

  it.each<[string, string, number]>([
    [
      arm(['0x41', '0xd46', 3], ['0x41', '0xd4d', 2], ['0x41', '0xd47', 2], ['0x41', '0xd4e', 1]),
      '3× Cortex-A510 + 2× Cortex-A715 + 2× Cortex-A710 + 1× Cortex-X3',
      8,
    ],
    [arm(['0x41', '0xd0b', 2], ['0x41', '0xdff', 4]), '2× Cortex-A76 + 4× part 0xdff (ARM)', 6],
    [arm(['0x61', '0x022', 4], ['0x61', '0x023', 4]), '4× Icestorm (M1) + 4× Firestorm (M1)', 8],
    [arm(['0x43', '0x0a1', 2]), 'ThunderX 88XX', 2],
    [arm(['0x99', '0x001', 2]), 'part 0x001 (implementer 0x99)', 2],
    [
      'Processor\t: ARMv7 Processor rev 4 (v7l)\nprocessor\t: 0\nBogoMIPS\t: 1\n\nprocessor\t: 1\nBogoMIPS\t: 1\n\nCPU implementer\t: 0x41\nCPU part\t: 0xc07\n\nHardware\t: BCM2709',
      'Cortex-A7',
      2,
    ],
    [
      'Processor\t: ARM926EJ-S rev 5 (v5l)\nBogoMIPS\t: 1\nHardware\t: Feroceon',
      'ARM926EJ-S rev 5 (v5l)',
      1,
    ],
    [
      'vendor_id       : IBM/S390\n# processors    : 2\nprocessor 0: version = FF,  identification = 0133E8,  machine = 8561\nprocessor 1: version = FF,  identification = 0133E8,  machine = 8561\n\ncpu number      : 0\n\ncpu number      : 1\n',
      'IBM z15 (8561)',
      2,
    ],
    [
      'processor\t: 0\ncpu\t\t: POWER9 (architected), altivec supported\nclock\t\t: 3800.000000MHz\n\ntimebase\t: 512000000\nplatform\t: pSeries',
      'POWER9 (architected)',
      1,
    ],
    [
      'processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdc\nuarch\t\t: sifive,u74-mc',
      'sifive,u74-mc',
      1,
    ],
    [
      'processor\t: 0\nhart\t\t: 1\nisa\t\t: rv64imafdcv_zicsr\nmvendorid\t: 0x5b7',
      'T-Head rv64imafdcv',
      1,
    ],
    [
      'system type\t: generic-loongson-machine\n\nprocessor\t\t: 0\npackage\t\t\t: 0\ncore\t\t\t: 0\nModel Name\t\t: Loongson-3A5000\n\nprocessor\t\t: 1\npackage\t\t\t: 0\ncore\t\t\t: 1\nModel Name\t\t: Loongson-3A5000',
      'Loongson-3A5000',
      2,
    ],
    ['processor\t: 0\nmodel name\t: A\n\nprocessor\t: 1\nBogoMIPS\t: 1', '1× A + 1× unknown', 2],
  ])('keep every core: %#', (cpuinfo, model, cores) => {
    expect(told(cpuinfo)).toMatchObject({ model, cores });
  });
});
