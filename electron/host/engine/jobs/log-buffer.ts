import type { LogLine } from '../../../../shared/jobs/job.ts';
import type { StoredLine } from '../../db/index.ts';

/** A line as it waits to be written, and as it is shown. */
interface Line extends StoredLine {
  readonly stepId: string | null;
}

export interface LogBufferOptions {
  /** Writes lines; what it rejects with was told already. */
  readonly write: (lines: readonly StoredLine[]) => Promise<unknown>;
  /** Newest line of the job so far. */
  readonly seq: number;
  readonly now: () => number;
}

/** Lines wait so long, or until so many do, and are then written together. */
const writeAfterMs = 50;
const writeAt = 1_000;
/** Lines that wait while the disk is slower than the machines; of more the oldest go. */
const mostWaiting = 10_000;
const longestLine = 4_000;

/**
 * The log of one job on its way to the journal. Taking a line never waits: where writing cannot keep
 * up, lines are left out and the log says how many.
 */
export class LogBuffer {
  readonly #options: LogBufferOptions;
  readonly #counts = new Map<number, number>();
  readonly #listeners = new Set<(line: LogLine) => void>();
  #waiting: Line[] = [];
  #seq: number;
  #lost = 0;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | undefined;
  #last: string | null = null;

  constructor(options: LogBufferOptions) {
    this.#options = options;
    this.#seq = options.seq;
  }

  /** How many lines a step has so far; 0 is the job itself. */
  count(step: number): number {
    return this.#counts.get(step) ?? 0;
  }

  /** Told at the start, of what an earlier process wrote. */
  setCount(step: number, lines: number): void {
    this.#counts.set(step, lines);
  }

  get last(): string | null {
    return this.#last;
  }

  /** Each line as it comes; those that wait to be written come first. */
  subscribe(listener: (line: LogLine) => void): () => void {
    for (const line of this.#waiting) listener(shown(line));
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  add(step: { number: number; id: string } | null, text: string, stream: LogLine['stream']): void {
    const number = step?.number ?? 0;
    const n = this.count(number) + 1;
    this.#counts.set(number, n);
    this.#seq += 1;
    const line: Line = {
      step: number,
      stepId: step?.id ?? null,
      n,
      seq: this.#seq,
      at: this.#options.now(),
      stream,
      text: shortened(text),
    };
    this.#last = line.text;
    this.#waiting.push(line);
    for (const listener of this.#listeners) listener(shown(line));
    if (this.#waiting.length >= writeAt) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), writeAfterMs);
    if (this.#waiting.length > mostWaiting) this.#lose();
  }

  /** Resolves when everything that was said until now is written, or could not be. */
  async flush(): Promise<void> {
    const until = this.#seq;
    await this.#writing;
    while ((this.#waiting[0]?.seq ?? Number.POSITIVE_INFINITY) <= until) {
      this.#start();
      await this.#writing;
    }
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
      if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => this.#start(), writeAfterMs);
    });
  }

  async #write(): Promise<void> {
    const batch = this.#waiting.splice(0, writeAt);
    if (batch.length === 0) return;
    // A log that cannot be written ends no job; what the job does is journaled by itself.
    await this.#options.write(batch.map(({ stepId: _, ...line }) => line)).catch(() => {});
    if (this.#lost > 0) {
      const lost = this.#lost;
      this.#lost = 0;
      this.add(null, `${lost} lines came faster than they could be kept.`, 'app');
    }
  }

  #lose(): void {
    const gone = this.#waiting.length >> 1;
    this.#waiting = this.#waiting.slice(gone);
    this.#lost += gone;
  }
}

function shown({ seq, at, stepId, stream, text }: Line): LogLine {
  return { seq, at, stepId, stream, text };
}

// Control characters (tabs aside), marks that turn the direction of writing, and line ends.
const odd = /(?!\t)[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu;

function shortened(text: string): string {
  const one = text.length > longestLine ? `${text.slice(0, longestLine)}…` : text;
  return one.replace(odd, '\ufffd');
}
