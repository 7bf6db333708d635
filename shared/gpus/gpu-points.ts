import { z } from 'zod';

/** One card at one time, or over a span of time that begins then. */
export const gpuPoint = z.object({
  /** UTC milliseconds. */
  at: z.number().int(),
  utilizationPercent: z.number().nullable(),
  memoryUsedBytes: z.number().nullable(),
  temperatureC: z.number().nullable(),
  powerW: z.number().nullable(),
});
export type GpuPoint = z.infer<typeof gpuPoint>;

/** As many of a card as a chart is wide. */
export const mostPoints = 720;

export const gpuCurve = z.object({
  gpuKey: z.string().max(120),
  points: z.array(gpuPoint).max(mostPoints),
});
export type GpuCurve = z.infer<typeof gpuCurve>;

/**
 * At most `most` points in their place: of each span the highest load, memory, heat and power, since a peak is
 * what one looks for. Points come in the order of their time.
 */
export function thinned(points: readonly GpuPoint[], most = mostPoints): GpuPoint[] {
  if (points.length <= most) return [...points];
  const size = Math.ceil(points.length / most);
  const thin: GpuPoint[] = [];
  for (let at = 0; at < points.length; at += size) thin.push(peakOf(points.slice(at, at + size)));
  return thin;
}

function peakOf(points: readonly GpuPoint[]): GpuPoint {
  const peak = (field: Exclude<keyof GpuPoint, 'at'>) => {
    const known = points.map((point) => point[field]).filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  };
  return {
    at: points[0]?.at ?? 0,
    utilizationPercent: peak('utilizationPercent'),
    memoryUsedBytes: peak('memoryUsedBytes'),
    temperatureC: peak('temperatureC'),
    powerW: peak('powerW'),
  };
}
