import { setTimeout as wait } from 'node:timers/promises';

/** Remembers that it was rung until somebody waits for it. */
export class Bell {
  #isRung = false;
  #wake: () => void = () => {};

  ring(): void {
    this.#isRung = true;
    this.#wake();
  }

  /** Until it rings, that long passed or the signal is aborted. */
  async rung(ms: number, signal: AbortSignal): Promise<void> {
    if (!this.#isRung) {
      const woken = new AbortController();
      this.#wake = () => woken.abort();
      const either = AbortSignal.any([woken.signal, signal]);
      await wait(ms, undefined, { signal: either, ref: false }).catch(() => {});
      this.#wake = () => {};
    }
    this.#isRung = false;
  }
}
