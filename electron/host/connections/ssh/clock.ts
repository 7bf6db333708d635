/**
 * Counts down only while it runs: the time that a person takes to answer a question, or that a
 * connection waits for its turn, is not the machine's fault.
 */
export class Clock {
  readonly #totalMs: number;
  #ranMs = 0;
  #startedAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #holds = 0;
  #done = false;
  readonly #onExpired: () => void;

  /** `Infinity` never expires. */
  constructor(totalMs: number, onExpired: () => void) {
    this.#totalMs = totalMs;
    this.#onExpired = onExpired;
    this.#run();
  }

  /** Stops the count until the returned function is called; holds nest. */
  hold(): () => void {
    this.#holds += 1;
    if (this.#holds === 1) this.#pause();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#holds -= 1;
      if (this.#holds === 0) this.#run();
    };
  }

  /** Milliseconds that it ran so far, without the holds. */
  get ranMs(): number {
    return this.#ranMs + (this.#startedAt === null ? 0 : performance.now() - this.#startedAt);
  }

  stop(): void {
    this.#pause();
    this.#done = true;
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#ranMs = this.ranMs;
    this.#startedAt = null;
  }

  #run(): void {
    if (this.#done) return;
    this.#startedAt = performance.now();
    if (this.#totalMs === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(
      () => {
        this.#done = true;
        this.#onExpired();
      },
      Math.max(0, this.#totalMs - this.#ranMs),
    );
  }
}
