/**
 * A queue that one side fills and the other reads as an async iterator; `close` ends the reading
 * once everything was read.
 */
export class EventQueue<T> {
  readonly #waiting = new Map<unknown, T>();
  #closed = false;
  #wake: () => void = () => {};

  /**
   * `topic`: of several that wait under the same topic only the newest is kept, so that a reader who
   * is slow, or reads no more at all, costs no more memory than there are topics.
   */
  push(value: T, topic?: string): void {
    if (this.#closed) return;
    this.#waiting.set(topic ?? Symbol(), value);
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
        const [next] = this.#waiting;
        if (next !== undefined) {
          this.#waiting.delete(next[0]);
          yield next[1];
        } else if (this.#closed) return;
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
