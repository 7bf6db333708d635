import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { throttlingOfMask } from '../../../../shared/gpus/throttling.ts';
import { bytesOf, countOf, mebibyte, numberOf, percentOf, told } from './cells.ts';

const columns = 23;

/** Rows of `nvidia-smi --query-gpu` with the fields of resources/gpus.sh; other lines are left out. */
export function readNvidiaRows(text: string): GpuReading[] {
  return text.split('\n').flatMap(readRow);
}

function readRow(line: string): GpuReading[] {
  const cells = line.split(',').map((cell) => cell.trim());
  const index = Number(cells[0]);
  if (cells.length !== columns || !/^\d{1,3}$/.test(cells[0] ?? '')) return [];
  const total = bytesOf(cells[8], mebibyte);
  const mask = told(cells[22]);
  return [
    {
      ...{ index, vendor: 'nvidia', key: keyOf(cells[1], index) },
      name: told(cells[2])?.slice(0, 200) ?? 'NVIDIA GPU',
      busId: told(cells[3])?.toLowerCase().slice(0, 40) ?? null,
      driverVersion: told(cells[4])?.slice(0, 60) ?? null,
      utilizationPercent: percentOf(cells[5]),
      memoryBusyPercent: percentOf(cells[6]),
      memoryUsedBytes: bytesOf(cells[7], mebibyte),
      memoryTotalBytes: total,
      // Of a card with memory of its own the driver always knows how much.
      sharesMemory: total === null && numberOf(cells[9]) !== null,
      temperatureC: numberOf(cells[9]),
      powerW: numberOf(cells[10]),
      powerLimitW: countOf(cells[11]),
      clockMhz: numberOf(cells[12]),
      mostClockMhz: countOf(cells[13]),
      memoryClockMhz: numberOf(cells[14]),
      fanPercent: percentOf(cells[15]),
      throttling: mask === null ? null : throttlingOfMask(mask),
      link: linkOf(cells.slice(16, 20)),
      ecc: eccOf(cells.slice(20, 22)),
    },
  ];
}

function keyOf(uuid: string | undefined, index: number): string {
  const value = told(uuid);
  return value !== null && /^[\w-]{1,100}$/.test(value) ? value : `nvidia:${index}`;
}

function linkOf(cells: readonly string[]): GpuReading['link'] {
  const [generation, width, mostGeneration, mostWidth] = cells.map(countOf);
  const link = {
    generation: generation ?? null,
    width: width ?? null,
    mostGeneration: mostGeneration ?? null,
    mostWidth: mostWidth ?? null,
  };
  return Object.values(link).every((value) => value === null) ? null : link;
}

function eccOf(cells: readonly string[]): GpuReading['ecc'] {
  const [corrected, uncorrected] = cells.map((cell) => bytesOf(cell, 1));
  return corrected === null || corrected === undefined
    ? null
    : { corrected, uncorrected: uncorrected ?? 0 };
}

/** `GPU 0: NVIDIA GeForce RTX 3090 (UUID: GPU-…)`: all that is learned where the table is refused. */
export function readNvidiaList(text: string): GpuReading[] {
  return text.split('\n').flatMap((line) => {
    const [, index, name, uuid] =
      /^GPU (\d{1,3}): (.{1,100}) \(UUID: ([\w-]{1,64})\)/.exec(line) ?? [];
    if (index === undefined || name === undefined) return [];
    return [
      bareReading({
        index: Number(index),
        vendor: 'nvidia',
        key: keyOf(uuid, Number(index)),
        name,
      }),
    ];
  });
}

/** A card of which only the name is known. */
export function bareReading(
  known: Pick<GpuReading, 'index' | 'vendor' | 'key' | 'name'>,
): GpuReading {
  return {
    ...known,
    busId: null,
    driverVersion: null,
    utilizationPercent: null,
    memoryBusyPercent: null,
    memoryUsedBytes: null,
    memoryTotalBytes: null,
    sharesMemory: false,
    temperatureC: null,
    powerW: null,
    powerLimitW: null,
    clockMhz: null,
    mostClockMhz: null,
    memoryClockMhz: null,
    fanPercent: null,
    throttling: null,
    link: null,
    ecc: null,
  };
}

/** What nvidia-smi says instead of a table, in words. */
export function nvidiaTrouble(text: string): string | null {
  if (/driver\/library version mismatch/i.test(text))
    return 'The loaded driver is another version than its library: it was updated. Restart the machine.';
  if (/couldn't communicate with the NVIDIA driver/i.test(text))
    return 'nvidia-smi does not reach the driver: it is not loaded, or was not built for this kernel.';
  if (/GPU is lost|Unable to determine the device handle/i.test(text))
    return 'A card does not answer the driver: it has fallen off the bus. Restart the machine; if it comes again, look at its power, riser and heat.';
  if (/no devices were found/i.test(text)) return 'The driver finds no card.';
  if (/insufficient permissions/i.test(text))
    return 'This user may not ask the driver. Add it to the group of /dev/nvidia*, often video.';
  return null;
}
