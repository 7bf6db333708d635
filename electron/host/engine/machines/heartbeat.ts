import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { MachineLock } from './machine-lock.ts';

export interface HeartbeatOptions {
  readonly lock: Pick<MachineLock, 'beat'>;
  /** Milliseconds between two signs. Default 30,000. */
  readonly everyMs?: number;
  /** After so long without anything done no sign is given any more. Default 5 minutes. */
  readonly idleMs?: number;
}

const beatMs = 10_000;

/**
 * Tells the machine that its holder is alive, for as long as the holder gets on: while something runs
 * there, which has a bound of its own, and a while after. A job that hangs here lets go by itself.
 */
export class Heartbeat {
  readonly #lock: HeartbeatOptions['lock'];
  readonly #idleMs: number;
  readonly #timer: NodeJS.Timeout;
  #running = 0;
  #progressedAt = performance.now();
  #lost: RackhelmError | null = null;

  constructor({ lock, everyMs = 30_000, idleMs = 5 * 60_000 }: HeartbeatOptions) {
    this.#lock = lock;
    this.#idleMs = idleMs;
    this.#timer = setInterval(() => void this.#tick(), everyMs);
    this.#timer.unref();
  }

  get lost(): boolean {
    return this.#lost !== null;
  }

  /** What runs on the machine; throws LOCK_LOST where it is known to be somebody else's. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.#lost) throw this.#lost;
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#progressedAt = performance.now();
    }
  }

  /** Throws LOCK_LOST. */
  async check(signal: AbortSignal): Promise<void> {
    await this.during(() => this.#beat(signal));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #tick(): Promise<void> {
    const idle = performance.now() - this.#progressedAt;
    if (this.#lost || (this.#running === 0 && idle > this.#idleMs)) return;
    // Where the machine cannot be reached the next command tells why.
    await this.#beat(AbortSignal.timeout(beatMs)).catch(() => {});
  }

  async #beat(signal: AbortSignal): Promise<void> {
    try {
      await this.#lock.beat(signal);
    } catch (error) {
      if (error instanceof RackhelmError && error.code === 'LOCK_LOST') this.#lost = error;
      throw error;
    }
  }
}
