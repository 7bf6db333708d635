import type { GpuPoint } from '../../../shared/gpus/gpu-points.ts';
import type { GpuSample } from '../../../shared/gpus/gpu-reading.ts';

/** The last hour of one machine's cards at one second, in memory. */
export class SampleRing {
  readonly #most: number;
  readonly #byCard = new Map<string, GpuPoint[]>();

  constructor(most = 3_600) {
    this.#most = most;
  }

  add({ at, gpus }: GpuSample): void {
    for (const gpu of gpus) {
      const points = this.#byCard.get(gpu.key) ?? [];
      this.#byCard.set(gpu.key, points);
      points.push(pointOf(at, gpu));
      // Seldom and many at once: taking the first off a long list each second would move all others.
      if (points.length > this.#most * 1.2) points.splice(0, points.length - this.#most);
    }
  }

  /** Of each card those since `since`; UTC milliseconds. */
  since(since: number): { readonly gpuKey: string; readonly points: readonly GpuPoint[] }[] {
    return [...this.#byCard].map(([gpuKey, points]) => ({
      gpuKey,
      points: points.filter(({ at }) => at >= since).slice(-this.#most),
    }));
  }
}

export function pointOf(at: number, gpu: GpuSample['gpus'][number]): GpuPoint {
  return {
    at,
    utilizationPercent: gpu.utilizationPercent,
    memoryUsedBytes: gpu.memoryUsedBytes,
    temperatureC: gpu.temperatureC,
    powerW: gpu.powerW,
  };
}
