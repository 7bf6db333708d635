import { setTimeout as pause, setImmediate } from 'node:timers/promises';

const windowMs = 100;
const sliceMs = 8;
const lookEach = 64;

interface PaceBounds {
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
    this.#seen += 1;
    const isFast = this.#lines >= this.#bounds.lines || this.#characters >= this.#bounds.characters;
    if (!isFast && this.#seen % lookEach !== 0) return false;
    const left = this.#windowAt + windowMs - performance.now();
    if (left <= 0) this.#begin();
    else if (isFast) {
      await pause(left, undefined, { signal }).catch(() => {});
      if (this.#windowAt + windowMs <= performance.now()) this.#begin();
      return true;
    }
    if (performance.now() - this.#sliceAt >= sliceMs) {
      await setImmediate();
      this.#sliceAt = performance.now();
    }
    return false;
  }

  #begin(): void {
    [this.#lines, this.#characters] = [0, 0];
    this.#windowAt = performance.now();
  }
}
