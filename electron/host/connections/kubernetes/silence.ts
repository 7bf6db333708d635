/** How often it is looked at the clock; a jump of several of them was a sleep of the computer. */
const tickMs = 5_000;
const jumpMs = 30_000;

/**
 * Calls once when nothing came for some time, or when the computer slept meanwhile: what stood before
 * is most likely dead then, and nobody tells.
 */
export class Silence {
  readonly #limitMs: number;
  readonly #timer: NodeJS.Timeout;
  #heardAt = Date.now();
  #tickedAt = Date.now();

  constructor(limitMs: number, onSilent: () => void) {
    this.#limitMs = limitMs;
    this.#timer = setInterval(
      () => {
        if (this.#isSilent()) {
          this.stop();
          onSilent();
        }
      },
      Math.min(tickMs, limitMs),
    ).unref();
  }

  heard(): void {
    this.#heardAt = Date.now();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #isSilent(): boolean {
    const now = Date.now();
    const slept = now - this.#tickedAt > jumpMs;
    this.#tickedAt = now;
    return slept || now - this.#heardAt > this.#limitMs;
  }
}
