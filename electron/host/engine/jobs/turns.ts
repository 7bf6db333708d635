/** So many jobs at once, and on each machine one. */
export class Turns {
  readonly #atOnce: number;
  readonly #busy = new Set<string>();
  readonly #waiting: { readonly devices: readonly string[]; readonly go: () => void }[] = [];
  #running = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /** Resolves when it is this job's turn, or when the signal is aborted, with what ends the turn. */
  take(devices: readonly string[], signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve) => {
      const turn = {
        devices,
        go: () => {
          signal.removeEventListener('abort', onAbort);
          resolve(() => this.#free(devices));
        },
      };
      const onAbort = () => {
        const at = this.#waiting.indexOf(turn);
        if (at === -1) return;
        this.#waiting.splice(at, 1);
        resolve(() => {});
      };
      this.#waiting.push(turn);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#next();
      if (signal.aborted) onAbort();
    });
  }

  #free(devices: readonly string[]): void {
    for (const device of devices) this.#busy.delete(device);
    this.#running -= 1;
    this.#next();
  }

  #next(): void {
    while (this.#running < this.#atOnce) {
      const at = this.#waiting.findIndex(({ devices }) =>
        devices.every((device) => !this.#busy.has(device)),
      );
      const [turn] = at === -1 ? [] : this.#waiting.splice(at, 1);
      if (turn === undefined) return;
      this.#running += 1;
      for (const device of turn.devices) this.#busy.add(device);
      turn.go();
    }
  }
}
