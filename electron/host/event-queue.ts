/**
 * A queue that one side fills and the other reads as an async iterator; `close` ends the reading
 * once everything was read.
 */
export class EventQueue<T> {
  readonly #waiting: T[] = [];
  #closed = false;
  #wake: () => void = () => {};

  push(value: T): void {
    if (this.#closed) return;
    this.#waiting.push(value);
    this.#wake();
  }

  close(): void {
    this.#closed = true;
    this.#wake();
  }

  /** Ends early, without an error, when the signal is aborted. */
  async *read(signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
    const onAbort = () => this.close();
    signal?.addEventListener('abort', onAbort);
    try {
      while (signal?.aborted !== true) {
        const value = this.#waiting.shift();
        if (value !== undefined) yield value;
        else if (this.#closed) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
