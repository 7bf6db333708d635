import { setTimeout as sleep } from 'node:timers/promises';
import type { GpuEvent } from '../../../shared/contract/gpus.ts';
import { thinned } from '../../../shared/gpus/gpu-points.ts';
import type { GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import { asTold } from '../asked-work.ts';
import { EventQueue } from '../event-queue.ts';
import type { SampleRing } from './sample-ring.ts';

const hour = 3_600_000;

export interface WatchTimes {
  /** Milliseconds from the begin of one look to the next. */
  readonly everyMs: number;
  /** Milliseconds after a failure; doubled with each, up to the second. */
  readonly againMs: number;
  readonly latestMs: number;
}

export const usualTimes: WatchTimes = { everyMs: 1_000, againMs: 2_000, latestMs: 30_000 };

export interface WatchNeeds {
  readonly ring: SampleRing;
  /** One look at the cards; throws RackhelmError. */
  readonly look: (signal: AbortSignal) => Promise<GpuSample>;
  readonly times?: WatchTimes;
}

/** One machine's cards while somebody looks at them: however many look, the machine is asked once. */
export class GpuWatch {
  readonly #needs: WatchNeeds;
  readonly #lookers = new Set<EventQueue<GpuEvent>>();
  #stop: AbortController | undefined;
  #working: Promise<void> = Promise.resolve();
  #newest: GpuSample | null = null;

  constructor(needs: WatchNeeds) {
    this.#needs = needs;
  }

  /** The newest look, where one is going on. */
  get newest(): GpuSample | null {
    return this.#stop ? this.#newest : null;
  }

  async *follow(signal: AbortSignal | undefined): AsyncGenerator<GpuEvent, void, void> {
    const queue = new EventQueue<GpuEvent>();
    const since = Date.now() - hour;
    const curves = this.#needs.ring
      .since(since)
      .map(({ gpuKey, points }) => ({ gpuKey, points: thinned(points) }));
    queue.push({ type: 'past', curves });
    this.#lookers.add(queue);
    this.#begin();
    try {
      yield* queue.read(signal);
    } finally {
      this.#lookers.delete(queue);
      if (this.#lookers.size === 0) this.#end();
    }
  }

  /** Ends it for all who look. */
  async close(): Promise<void> {
    this.#end();
    for (const queue of this.#lookers) queue.close();
    await this.#working;
  }

  #begin(): void {
    if (this.#stop) return;
    const stop = new AbortController();
    this.#stop = stop;
    const before = this.#working;
    this.#working = before.then(() => this.#work(stop.signal));
  }

  #end(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.#newest = null;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { look, ring, times = usualTimes } = this.#needs;
    let failures = 0;
    while (!signal.aborted) {
      const begun = performance.now();
      try {
        const sample = await look(signal);
        if (signal.aborted) return;
        failures = 0;
        this.#newest = sample;
        ring.add(sample);
        this.#tell({ type: 'sample', sample });
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        this.#tell({ type: 'failed', at: Date.now(), ...asTold(error) });
      }
      const wait =
        failures === 0
          ? times.everyMs - (performance.now() - begun)
          : Math.min(times.againMs * 2 ** (failures - 1), times.latestMs);
      await sleep(Math.max(0, wait), undefined, { signal }).catch(() => {}); // Ended while it waited.
    }
  }

  /** Whoever is slow gets the newest, and nothing piles up. */
  #tell(event: GpuEvent): void {
    for (const queue of this.#lookers) queue.push(event, event.type);
  }
}
