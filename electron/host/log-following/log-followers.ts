import { setTimeout as pause } from 'node:timers/promises';
import {
  fitsSearch,
  type LogSource,
  type PodLogEvent,
  type PodLogLine,
} from '../../../shared/cluster/pods/pod-log.ts';

/** What is new is sent together, so often at most. */
const togetherMs = 100;
/** Lines in one event; of more the oldest are left out, and said to be. */
const mostLines = 500;

export interface ToldSources {
  readonly sources: readonly LogSource[];
  readonly more: number;
}

/** One who looks at a log, and what is new since it was told last. */
export class LogFollower {
  readonly #words: string;
  #lines: PodLogLine[] = [];
  #skipped = 0;
  #sources: ToldSources | null = null;
  #ended = false;
  #wake: () => void = () => {};

  constructor(search: string) {
    this.#words = search.trim().toLowerCase();
  }

  take(lines: readonly PodLogLine[]): void {
    for (const line of lines) if (fitsSearch(line.text, this.#words)) this.#lines.push(line);
    const over = this.#lines.length - mostLines;
    if (over > mostLines) this.#cut(over);
    this.#wake();
  }

  tell(sources: ToldSources): void {
    this.#sources = sources;
    this.#wake();
  }

  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** Until the signal, or until nothing more will come. */
  async *events(signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      while (!signal.aborted) {
        yield* this.#news();
        if (this.#ended) return;
        await pause(togetherMs, undefined, { signal }).catch(() => {});
        if (this.#isIdle && !signal.aborted) await new Promise<void>((wake) => (this.#wake = wake));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  get #isIdle(): boolean {
    return this.#lines.length === 0 && this.#sources === null && !this.#ended;
  }

  *#news(): Generator<PodLogEvent, void, void> {
    if (this.#sources !== null) {
      const { sources, more } = this.#sources;
      this.#sources = null;
      yield { type: 'sources', sources: [...sources], more };
    }
    const over = this.#lines.length - mostLines;
    if (over > 0) this.#cut(over);
    if (this.#lines.length === 0) return;
    const told = { lines: this.#lines, skipped: this.#skipped };
    [this.#lines, this.#skipped] = [[], 0];
    yield { type: 'lines', ...told };
  }

  #cut(over: number): void {
    this.#lines = this.#lines.slice(over);
    this.#skipped += over;
  }
}
