/**
 * Counts down only while it runs: the time that a person takes to answer a question, or that a
 * connection waits for its turn, is not the machine's fault.
 */
export class Clock {
  #remainingMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #holds = 0;
  #done = false;
  readonly #onExpired: () => void;

  /** `Infinity` never expires. */
  constructor(totalMs: number, onExpired: () => void) {
    this.#remainingMs = totalMs;
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

  stop(): void {
    this.#done = true;
    clearTimeout(this.#timer);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#remainingMs -= performance.now() - this.#startedAt;
  }

  #run(): void {
    if (this.#done || this.#remainingMs === Number.POSITIVE_INFINITY) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(
      () => {
        this.#done = true;
        this.#onExpired();
      },
      Math.max(0, this.#remainingMs),
    );
  }
}
