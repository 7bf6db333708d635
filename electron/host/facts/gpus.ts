import type { SectionData } from '../../../shared/model/facts.ts';
import { numberOf, told } from './cells.ts';
import { deviceTree } from './device-tree.ts';
import type { Evidence } from './evidence.ts';
import { absent, failed, ok, reasonOf, type SectionParser } from './outcome.ts';

type Gpu = SectionData<'gpus'>[number];

export const parseGpus: SectionParser<'gpus'> = (evidence) => {
  const first = evidence.part('nvidia-smi');
  if (!first) return withoutTool(evidence);
  // The second question is only asked where the first failed; the first tells more if both did.
  for (const part of [first, evidence.part('nvidia-smi-older')]) {
    // Warnings, as of a corrupted infoROM, end it with a code of their own beside whole rows.
    const gpus = typeof part?.end === 'number' ? part.text.split('\n').flatMap(readLine) : [];
    if (gpus.length > 0) return ok(gpus);
    if (/no devices were found/i.test(part?.text ?? '')) return absent('No NVIDIA GPU was found.');
  }
  const list = evidence.part('nvidia-smi-list');
  const listed = typeof list?.end === 'number' ? list.text.split('\n').flatMap(readListLine) : [];
  if (listed.length > 0) return ok(listed);
  if (!list && typeof first.end === 'number') evidence.doubt('gpu');
  return failed(reasonOf('nvidia-smi', first, evidence));
};

/** `GPU 0: NVIDIA GeForce RTX 3090 (UUID: GPU-…)`: all that is learned where the table is refused. */
function readListLine(line: string): Gpu[] {
  const [, index, name, uuid] =
    /^GPU (\d{1,4}): (.{1,100}) \(UUID: ([\w-]{1,64})\)/.exec(line) ?? [];
  if (index === undefined || name === undefined || uuid === undefined) return [];
  return [
    {
      index: Number(index),
      uuid,
      name,
      driverVersion: null,
      memoryTotalBytes: null,
      memoryUsedBytes: null,
      temperatureC: null,
      utilizationPercent: null,
      powerDrawW: null,
      powerLimitW: null,
      throttleReasons: null,
    },
  ];
}

function withoutTool(evidence: Evidence) {
  if (evidence.hasTool('nvidia-smi')) return failed(reasonOf('nvidia-smi', undefined, evidence));
  const card = evidence.paths.some((path) => {
    const [, device] = /^(\/sys\/bus\/pci\/devices\/[^/]+\/)vendor$/.exec(path) ?? [];
    if (device === undefined || evidence.line(path) !== '0x10de') return false;
    return /^0x03/.test(evidence.line(`${device}class`) ?? '');
  });
  if (card) return failed('An NVIDIA card is there, but nvidia-smi is not: the driver is missing.');
  if (/nvidia,tegra/.test(deviceTree(evidence, 'compatible') ?? '')) {
    return failed('The GPU of this Jetson tells nothing without nvidia-smi.');
  }
  return absent('No NVIDIA GPU was found.');
}

function readLine(line: string): Gpu[] {
  const cells = line.split(',').map((cell) => cell.trim());
  if (cells.length !== 11 || !/^\d{1,4}$/.test(cells[0] ?? '')) return [];
  const mib = (at: number): number | null => {
    const value = numberOf(cells[at]);
    const bytes = Math.round((value ?? Number.NaN) * 1024 * 1024);
    return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
  };
  return [
    {
      index: Number(cells[0]),
      uuid: told(cells[1]) ?? '',
      name: told(cells[2]) ?? 'NVIDIA GPU',
      driverVersion: told(cells[3]),
      memoryTotalBytes: mib(4),
      memoryUsedBytes: mib(5),
      temperatureC: numberOf(cells[6]),
      utilizationPercent: numberOf(cells[7]),
      powerDrawW: numberOf(cells[8]),
      powerLimitW: numberOf(cells[9]),
      throttleReasons: reasons(cells[10]),
    },
  ];
}

/** Bits of NVML's nvmlClocksEventReasons. */
const bits: readonly (readonly [number, string])[] = [
  [0x1, 'gpu_idle'],
  [0x2, 'applications_clocks_setting'],
  [0x4, 'sw_power_cap'],
  [0x8, 'hw_slowdown'],
  [0x10, 'sync_boost'],
  [0x20, 'sw_thermal_slowdown'],
  [0x40, 'hw_thermal_slowdown'],
  [0x80, 'hw_power_brake_slowdown'],
  [0x100, 'display_clock_setting'],
];

function reasons(cell: string | undefined): string | null {
  const value = told(cell);
  if (value === null || !/^0x[0-9a-f]{1,16}$/i.test(value)) return value;
  const mask = BigInt(value);
  const names = bits.filter(([bit]) => (mask & BigInt(bit)) !== 0n).map(([, name]) => name);
  if (mask === 0n) return 'none';
  return names.length > 0 ? names.join(', ') : value;
}
