import { Cron } from 'croner';
import type { GpuSample } from '../../../shared/gpus/gpu-reading.ts';
import type { Database } from '../db/index.ts';
import { pointOf } from './sample-ring.ts';

const week = 7 * 24 * 3_600_000;

export interface MinuteKeeperNeeds {
  readonly store: Database['gpuSamples'];
  /** One look at the cards of a machine; throws RackhelmError where it is not reached. */
  readonly look: (deviceId: string, signal: AbortSignal) => Promise<GpuSample>;
  readonly now?: () => number;
}

/** Keeps what the cards of machines do, one look a minute, for a week; only where a person wants it. */
export class MinuteKeeper {
  readonly #needs: MinuteKeeperNeeds;
  readonly #underway = new Set<string>();
  readonly #stop = new AbortController();
  #clock: Cron | undefined;

  constructor(needs: MinuteKeeperNeeds) {
    this.#needs = needs;
  }

  start(report: (error: unknown) => void): void {
    this.#clock ??= new Cron('* * * * *', { unref: true, catch: report }, () => void this.tick());
  }

  /** One look at all of them, at the same time. One that is not reached leaves a gap, which tells it. */
  async tick(): Promise<void> {
    const { store, now = Date.now } = this.#needs;
    const kept = store.kept();
    if (kept.length === 0) return;
    store.prune(now() - week);
    await Promise.all(kept.map((deviceId) => this.#keep(deviceId)));
  }

  async #keep(deviceId: string): Promise<void> {
    // One that hangs is not asked again beside itself.
    if (this.#underway.has(deviceId) || this.#stop.signal.aborted) return;
    this.#underway.add(deviceId);
    try {
      const { look, store } = this.#needs;
      const { at, gpus } = await look(deviceId, this.#stop.signal);
      store.add(
        deviceId,
        gpus.map((gpu) => ({ gpuKey: gpu.key, ...pointOf(at, gpu) })),
      );
    } catch {
      // The gap in the curve tells it; why is told to whoever looks at the machine.
    } finally {
      this.#underway.delete(deviceId);
    }
  }

  stop(): void {
    this.#stop.abort();
    this.#clock?.stop();
    this.#clock = undefined;
  }
}
