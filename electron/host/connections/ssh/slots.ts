import { cancelled } from './errors.ts';

/** At most so many at once; the others wait in order. */
export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Waits for a turn. The returned function gives it back and may be called more than once. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw cancelled(signal);
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(signal);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#giveBack();
    };
  }

  /**
   * Lends the caller's turn to others while it waits for a person. Taking it back does not queue:
   * for a moment there may be one more than the limit, which is better than a stalled handshake.
   */
  async lend<T>(wait: () => Promise<T>): Promise<T> {
    this.#giveBack();
    try {
      return await wait();
    } finally {
      this.#free -= 1;
    }
  }

  #giveBack(): void {
    this.#free += 1;
    if (this.#free <= 0) return;
    const next = this.#waiting.shift();
    if (!next) return;
    this.#free -= 1;
    next();
  }

  #wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const turn = () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      };
      const onAbort = () => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        reject(cancelled(signal));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(turn);
    });
  }
}
