import { z } from 'zod';
import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { bytesOf, numberOf, percentOf, told } from './cells.ts';
import { bareReading } from './nvidia.ts';

const cards = z.record(z.string().max(40), z.record(z.string().max(120), z.unknown()));

/** What `rocm-smi … --json` prints: an object by `card0`, with a field for each of its lines. */
export function readRocm(text: string): GpuReading[] {
  const all = cards.safeParse(jsonOf(text));
  if (!all.success) return [];
  return Object.entries(all.data).flatMap(([name, fields]) => {
    const [, index] = /^card(\d{1,3})$/.exec(name) ?? [];
    return index === undefined ? [] : [readCard(Number(index), fields)];
  });
}

function readCard(index: number, fields: Readonly<Record<string, unknown>>): GpuReading {
  // Its field names change with each version in case and in what stands in brackets.
  const find = (wanted: RegExp): string | undefined => {
    const value = Object.entries(fields).find(([name]) => wanted.test(name))?.[1];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const unique = told(find(/^unique id$/i));
  const busId = told(find(/^pci bus$/i))?.toLowerCase() ?? null;
  return {
    ...bareReading({
      index,
      vendor: 'amd',
      key: unique && /^0x[0-9a-f]{1,16}$/i.test(unique) ? `amd:${unique}` : `amd:${index}`,
      name: (told(find(/^card (series|model)$/i)) ?? 'AMD GPU').slice(0, 200),
    }),
    busId,
    utilizationPercent: percentOf(find(/^gpu use \(%\)$/i)),
    memoryBusyPercent: percentOf(find(/^gpu memory (use|read\/write activity) \(%\)$/i)),
    memoryUsedBytes: bytesOf(find(/^vram total used memory \(b\)$/i), 1),
    memoryTotalBytes: bytesOf(find(/^vram total memory \(b\)$/i), 1),
    temperatureC: numberOf(find(/^temperature \(sensor (edge|junction)\) \(c\)$/i)),
    powerW: numberOf(
      find(/^(average graphics package|current socket graphics package) power \(w\)$/i),
    ),
    powerLimitW: numberOf(find(/^max graphics package power \(w\)$/i)),
    clockMhz: clockOf(find(/^sclk clock speed:?$/i)),
    memoryClockMhz: clockOf(find(/^mclk clock speed:?$/i)),
    fanPercent: percentOf(find(/^fan speed \(%\)$/i)),
  };
}

/** `(1700Mhz)`. */
const clockOf = (text: string | undefined) =>
  numberOf(/\((\d{1,5})Mhz\)/i.exec(text ?? '')?.[1] ?? text);

/** The object in it, whatever warnings stand around. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
  } catch {
    return undefined; // Warnings only: the caller finds no card in it.
  }
}
