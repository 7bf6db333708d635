import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { bytesOf, percentOf } from './cells.ts';
import { bareReading } from './nvidia.ts';

/** `0x1002,0000:03:00.0,37,…`: cards of AMD as their own driver tells of them, where no tool is there. */
export function readCards(text: string): GpuReading[] {
  return text
    .split('\n')
    .flatMap((line) => {
      const [vendor, bus = '', busy, used, total] = line.split(',');
      return vendor === '0x1002' && bus !== '' ? [{ bus, busy, used, total }] : [];
    })
    .map(({ bus, busy, used, total }, index) => ({
      ...bareReading({ index, vendor: 'amd', key: `amd:${bus}`.slice(0, 120), name: 'AMD GPU' }),
      busId: bus.slice(0, 40),
      utilizationPercent: percentOf(busy),
      memoryUsedBytes: bytesOf(used, 1),
      memoryTotalBytes: bytesOf(total, 1),
    }));
}
