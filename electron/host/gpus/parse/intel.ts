import { z } from 'zod';
import type { GpuReading } from '../../../../shared/gpus/gpu-reading.ts';
import { percentOf } from './cells.ts';
import { bareReading } from './nvidia.ts';

const number = z.number().optional().catch(undefined);
const sample = z.object({
  frequency: z.object({ actual: number }).optional().catch(undefined),
  power: z.object({ GPU: number, value: number }).optional().catch(undefined),
  engines: z.record(z.string().max(60), z.object({ busy: number })).catch({}),
});

/** What `intel_gpu_top -J` prints until it is ended: the newest whole object of an array without an end. */
export function readIntel(text: string): GpuReading[] {
  for (const piece of wholeObjects(text).reverse()) {
    const told = sample.safeParse(piece);
    if (!told.success || Object.keys(told.data.engines).length === 0) continue;
    const { engines, frequency, power } = told.data;
    const busy = Math.max(...Object.values(engines).map((engine) => engine.busy ?? 0));
    return [
      {
        ...bareReading({ index: 0, vendor: 'intel', key: 'intel:0', name: 'Intel GPU' }),
        sharesMemory: true,
        utilizationPercent: percentOf(Math.round(Math.min(busy, 100) * 10) / 10),
        clockMhz: frequency?.actual ?? null,
        powerW: power?.GPU ?? power?.value ?? null,
      },
    ];
  }
  return [];
}

/** Objects of the outermost level, by their brackets; the last may be cut. */
function wholeObjects(text: string): unknown[] {
  const found: unknown[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' && depth++ === 0) start = at;
    if (character !== '}' || --depth !== 0) continue;
    try {
      found.push(JSON.parse(text.slice(start, at + 1)));
    } catch {
      // Not JSON after all: the next may be.
    }
  }
  return found;
}
