import type { GpuProcess, GpuReading } from '../../../shared/gpus/gpu-reading.ts';
import { throttlingWords } from '../../../shared/gpus/throttling.ts';
import { formatBytes } from '../../../shared/model/amounts.ts';

/** `20.0 GiB of 24.0 GiB`; what is not told is left out. */
export function memoryText({
  memoryUsedBytes,
  memoryTotalBytes,
  sharesMemory,
}: GpuReading): string {
  const of = memoryTotalBytes === null ? '' : ` of ${formatBytes(memoryTotalBytes)}`;
  const used = memoryUsedBytes === null ? 'not told' : `${formatBytes(memoryUsedBytes)}${of}`;
  return sharesMemory ? `${used}, shared with the machine` : used;
}

/** Null where it is not told. */
export function memoryShare({ memoryUsedBytes, memoryTotalBytes }: GpuReading): number | null {
  if (memoryUsedBytes === null || memoryTotalBytes === null || memoryTotalBytes === 0) return null;
  return memoryUsedBytes / memoryTotalBytes;
}

/** `PCIe 4, 16 lanes`, and what it could be where that is more. */
export function linkText({ link }: GpuReading): string | null {
  if (link === null || link.width === null) return null;
  const { generation, width, mostWidth } = link;
  const narrow = mostWidth !== null && width < mostWidth ? ` of ${mostWidth}` : '';
  return `${generation === null ? 'PCIe' : `PCIe ${generation}`}, ${width}${narrow} lanes`;
}

export function isNarrow({ link }: GpuReading): boolean {
  const { width = null, mostWidth = null } = link ?? {};
  return width !== null && mostWidth !== null && width < mostWidth;
}

/** What holds it back; at rest nothing does. */
export function heldBack({ throttling }: GpuReading) {
  return throttlingWords(throttling ?? []).filter(({ weight }) => weight !== 'calm');
}

/** The container as its engine calls it, else by the beginning of its id. */
export function containerText({ container }: GpuProcess): string | null {
  if (container === null) return null;
  return container.name ?? container.id.slice(0, 12);
}

export function powerText({ powerW, powerLimitW }: GpuReading): string | null {
  if (powerW === null) return null;
  const limit = powerLimitW === null ? '' : ` of ${Math.round(powerLimitW)} W`;
  return `${Math.round(powerW)} W${limit}`;
}

export const unitText = (value: number | null, unit: string): string | null =>
  value === null ? null : `${Math.round(value).toLocaleString('en')}${unit}`;
