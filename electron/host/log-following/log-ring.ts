import { setImmediate } from 'node:timers/promises';
import { fitsSearch, type PodLogLine } from '../../../shared/cluster/pods/pod-log.ts';

export interface RingBounds {
  readonly lines: number;
  readonly characters: number;
}

const usual: RingBounds = { lines: 50_000, characters: 16 * 1024 * 1024 };
/** Milliseconds at a stretch; then whatever else waits has its turn. */
const sliceMs = 8;
const lookEach = 256;

interface Asked {
  /** Only those before this one; null: from the newest on. */
  readonly before: number | null;
  readonly search: string;
  readonly limit: number;
}

/** The newest lines, of which the oldest go when there are too many. */
export class LogRing {
  readonly #bounds: RingBounds;
  #lines: PodLogLine[] = [];
  /** Those before it are gone, and cut off now and then. */
  #first = 0;
  #characters = 0;
  #goneCharacters = 0;
  #seq = 0;

  constructor(bounds = usual) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#lines.length - this.#first;
  }

  /** Whether some were let go. */
  get isFull(): boolean {
    return this.#seq > this.size;
  }

  push(line: Omit<PodLogLine, 'seq'>): PodLogLine {
    this.#seq += 1;
    const kept = { seq: this.#seq, ...line };
    this.#lines.push(kept);
    this.#characters += line.text.length;
    while (this.size > this.#bounds.lines || this.#characters > this.#bounds.characters) {
      const length = this.#lines[this.#first]?.text.length ?? 0;
      this.#characters -= length;
      this.#goneCharacters += length;
      this.#first += 1;
    }
    const { lines, characters } = this.#bounds;
    if (this.#first > lines / 4 || this.#goneCharacters > characters / 4) this.#cutOff();
    return kept;
  }

  /** The newest that fit, in their order; `more`: there are others before them. */
  async read({ before, search, limit }: Asked): Promise<{ lines: PodLogLine[]; more: boolean }> {
    const words = search.trim().toLowerCase();
    const found: PodLogLine[] = [];
    const newest = before === null ? this.#seq : Math.min(this.#seq, before - 1);
    let began = performance.now();
    // By number, since lines come and go while others have their turn.
    for (let seq = newest; seq > 0; seq -= 1) {
      const place = this.#lines.length - 1 - (this.#seq - seq);
      const line = this.#lines[place];
      if (line === undefined || place < this.#first) break;
      if (fitsSearch(line.text, words)) {
        if (found.length === limit) return { lines: found.reverse(), more: true };
        found.push(line);
      }
      if (seq % lookEach !== 0 || performance.now() - began < sliceMs) continue;
      await setImmediate();
      began = performance.now();
    }
    return { lines: found.reverse(), more: false };
  }

  #cutOff(): void {
    this.#lines = this.#lines.slice(this.#first);
    [this.#first, this.#goneCharacters] = [0, 0];
  }
}
