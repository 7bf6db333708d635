import type { LogLine } from '../connections/kubernetes/index.ts';

type Stamp = Pick<LogLine, 'at' | 'nanos'>;

/**
 * How far a log was read. It is asked for anew by whole seconds, so that some lines come again: those
 * that are older than the last one, and of its very instant as many as there were.
 */
export class PlaceInLog {
  #last: { readonly at: number; readonly nanos: number } | null = null;
  #alike = 0;
  #toSkip = 0;
  #skipping = false;
  /** What is older cannot be a repetition; UTC milliseconds. */
  #askedFrom = 0;

  /** From where to ask, UTC milliseconds; null: nothing was read yet. */
  get since(): number | null {
    return this.#last?.at ?? null;
  }

  /** It is read anew: by time, or so many lines of its end whenever they were said. */
  rewind(by: 'time' | 'lines'): void {
    this.#skipping = this.#last !== null;
    this.#toSkip = this.#alike;
    this.#askedFrom = by === 'lines' ? 0 : Math.floor((this.since ?? 0) / 1_000) * 1_000;
  }

  /** Whether this line is a new one. */
  isNew(line: LogLine): boolean {
    if (line.at === null) return true;
    const order = this.#order(line);
    if (this.#skipping) {
      // Older than what was asked for: its clock was set back.
      if (order < 0 && line.at >= this.#askedFrom) return false;
      if (order === 0 && this.#toSkip > 0) {
        this.#toSkip -= 1;
        return false;
      }
      this.#skipping = false;
    }
    this.#alike = order === 0 ? this.#alike + 1 : 1;
    this.#last = { at: line.at, nanos: line.nanos };
    return true;
  }

  #order({ at, nanos }: Stamp): number {
    if (this.#last === null || at === null) return 1;
    return at - this.#last.at || nanos - this.#last.nanos;
  }
}
