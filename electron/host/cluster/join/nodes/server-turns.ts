/** One at a time for each cluster, in the order in which they asked. */
export class ServerTurns {
  readonly #last = new Map<string, Promise<void>>();

  /** Gives back what ends the turn; a second call of it does nothing. Throws where the signal ends it. */
  async take(clusterId: string, signal: AbortSignal): Promise<() => void> {
    const before = this.#last.get(clusterId) ?? Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const mine = before.then(() => promise);
    this.#last.set(clusterId, mine);
    const left = Promise.withResolvers<never>();
    const onAbort = () => left.reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      signal.throwIfAborted();
      await Promise.race([before, left.promise]);
    } catch (error) {
      // Who comes after waits for those before us alone.
      resolve();
      throw error;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    return resolve;
  }
}
