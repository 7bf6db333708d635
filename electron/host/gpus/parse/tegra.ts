import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { bytesOf, mebibyte, numberOf, percentOf } from './cells.ts';
import { bareReading } from './nvidia.ts';

/** A line of `tegrastats` of a Jetson: `… RAM 2448/7772MB … GR3D_FREQ 45%@1300 … GPU@41C … VDD_IN 4500mW`. */
export function readTegra(line: string): GpuReading[] {
  const busy = /\bGR3D_FREQ (\d{1,3})%(?:@\[?(\d{1,5}))?/.exec(line);
  const ram = /\bRAM (\d{1,8})\/(\d{1,8})MB/.exec(line);
  if (!busy && !ram) return [];
  const power = /\b(?:VDD_GPU_SOC|VDD_IN|POM_5V_IN) (\d{1,7})(mW)?/.exec(line)?.[1];
  return [
    {
      ...bareReading({ index: 0, vendor: 'tegra', key: 'tegra:0', name: 'NVIDIA Jetson' }),
      sharesMemory: true,
      utilizationPercent: percentOf(busy?.[1]),
      clockMhz: numberOf(busy?.[2]),
      memoryUsedBytes: bytesOf(ram?.[1], mebibyte),
      memoryTotalBytes: bytesOf(ram?.[2], mebibyte),
      temperatureC: numberOf(/\bGPU@(-?\d{1,3}(?:\.\d{1,3})?)C/i.exec(line)?.[1]),
      powerW: power === undefined ? null : Number(power) / 1000,
    },
  ];
}
