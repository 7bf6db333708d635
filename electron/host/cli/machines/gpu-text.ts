import type { GpuProcess, GpuReading, GpuSample } from '../../../../shared/gpus/gpu-reading.ts';
import { throttlingWords } from '../../../../shared/gpus/throttling.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import { formatTable } from '../terminal/text-table.ts';

/** The cards of one machine, and who holds their memory. */
export function gpuText(name: string, { gpus, processes, troubles }: GpuSample): string {
  const head = ['', 'CARD', 'LOAD', 'MEMORY', 'HEAT', 'POWER', 'CLOCK'];
  const cards = gpus.map((gpu) => [
    `  ${gpu.index}`,
    gpu.name,
    unit(gpu.utilizationPercent, '%'),
    of(gpu.memoryUsedBytes, gpu.memoryTotalBytes, formatBytes),
    unit(gpu.temperatureC, ' °C'),
    of(gpu.powerW, gpu.powerLimitW, (watts) => `${Math.round(watts)} W`),
    unit(gpu.clockMhz, ' MHz'),
  ]);
  const slowed = gpus.flatMap(slowedDown);
  const held = processes.map((one) => processRow(one, gpus));
  return [
    `${name}\n`,
    gpus.length === 0 ? '  No card is told of.\n' : formatTable([head, ...cards]),
    held.length === 0
      ? ''
      : formatTable([['', 'MEMORY', 'PROCESS', 'CONTAINER', 'MODEL'], ...held]),
    ...slowed.map((line) => `  ${line}\n`),
    ...troubles.map((line) => `  ${line}\n`),
  ].join('');
}

const unit = (value: number | null, suffix: string) =>
  value === null ? '-' : `${Math.round(value)}${suffix}`;

function of(used: number | null, total: number | null, format: (value: number) => string): string {
  if (used === null) return total === null ? '-' : `of ${format(total)}`;
  return total === null ? format(used) : `${format(used)} of ${format(total)}`;
}

function processRow(one: GpuProcess, gpus: readonly GpuReading[]): readonly string[] {
  const { gpuKey, pid, name, memoryBytes, container, server, model } = one;
  const index = gpus.find(({ key }) => key === gpuKey)?.index;
  return [
    `  ${index ?? '?'}`,
    memoryBytes === null ? '-' : formatBytes(memoryBytes),
    `${name} (${pid})`,
    container === null ? '-' : (container.name ?? container.id.slice(0, 12)),
    [server, model].filter((word) => word !== null).join(' ') || '-',
  ];
}

/** Only what is wrong, or what somebody wanted so; not that it rests. */
function slowedDown({ index, throttling }: GpuReading): readonly string[] {
  return throttlingWords(throttling ?? [])
    .filter(({ weight }) => weight !== 'calm')
    .map(({ says, mend }) => `Card ${index}: ${says} ${mend}`.trim());
}
