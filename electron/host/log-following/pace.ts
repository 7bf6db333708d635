import { setTimeout as pause, setImmediate } from 'node:timers/promises';

const windowMs = 100;
const sliceMs = 8;
const lookEach = 64;

export interface PaceBounds {
  /** In a tenth of a second. */
  readonly lines: number;
  readonly characters: number;
}

const usual: PaceBounds = { lines: 2_000, characters: 512 * 1024 };

/**
 * Keeps those who print endlessly from taking all of the time: what comes faster waits at its node. One for
 * all that is read together.
 */
export class Pace {
  readonly #bounds: PaceBounds;
  #lines = 0;
  #characters = 0;
  #windowAt = performance.now();
  #sliceAt = performance.now();
  #seen = 0;

  constructor(bounds = usual) {
    this.#bounds = bounds;
  }

  /** After each line. True: they come too fast, and this one waited. */
  async take(characters: number, signal: AbortSignal): Promise<boolean> {
    this.#lines += 1;
    this.#characters += characters;
    const isFast = this.#lines >= this.#bounds.lines || this.#characters >= this.#bounds.characters;
    if (isFast) {
      const left = this.#windowAt + windowMs - performance.now();
      if (left > 0) await pause(left, undefined, { signal }).catch(() => {});
      if (this.#windowAt + windowMs <= performance.now()) this.#begin();
      this.#sliceAt = performance.now();
      return left > 0;
    }
    await this.breathe();
    return false;
  }

  /** After a line that is for nobody: others have their turn now and then. */
  async breathe(): Promise<void> {
    this.#seen += 1;
    if (this.#seen % lookEach !== 0) return;
    const now = performance.now();
    if (this.#windowAt + windowMs <= now) this.#begin();
    if (now - this.#sliceAt < sliceMs) return;
    await setImmediate();
    this.#sliceAt = performance.now();
  }

  #begin(): void {
    [this.#lines, this.#characters] = [0, 0];
    this.#windowAt = performance.now();
  }
}
