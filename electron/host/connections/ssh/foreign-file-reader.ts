import { type Lane, type StartLane, startProcess, startThread } from './foreign-file-lane.ts';
import type { FileAnswer, FileReady, FileRequest } from './foreign-file-request.ts';

type Question = FileRequest extends infer R
  ? R extends { id: number }
    ? Omit<R, 'id'>
    : R
  : never;
export type Answered = FileAnswer | { readonly kind: 'hung' };

interface Job {
  readonly request: FileRequest;
  readonly settle: (answer: Answered) => void;
}

interface Reading {
  readonly lane: Lane;
  ready: boolean;
  job: Job | null;
  since: number;
}

export interface FileReaderOptions {
  readonly start?: StartLane;
  readonly startFallback?: StartLane;
  /** Milliseconds until an unused lane is ended. */
  readonly idleMs?: number;
}

// Four that hang at once leave others waiting; more would be a machine full of processes.
const mostLanes = 4;
const mostStuck = 12;
/** A file that takes this long may hang: whoever waits behind it gets a lane of his own. */
const slowMs = 200;

/**
 * Has files read elsewhere, one at a time in each of a few lanes. A lane that hangs is given up with
 * the request that it hangs on, and never keeps the host, its thread pool or other files waiting.
 */
export class FileReader {
  readonly #options: FileReaderOptions;
  readonly #lanes = new Set<Reading>();
  readonly #waiting: Job[] = [];
  #start: StartLane;
  #stuck = 0;
  #lastId = 0;
  #everReady = false;
  #slowTimer: NodeJS.Timeout | undefined;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor(options: FileReaderOptions = {}) {
    this.#options = options;
    this.#start = options.start ?? startProcess;
  }

  /** Resolves to `hung` when the limit (milliseconds) passes first; rejects with the signal's reason. */
  ask(question: Question, limitMs: number, signal?: AbortSignal): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason);
        return;
      }
      if (this.#stuck >= mostStuck) {
        resolve({ kind: 'hung' });
        return;
      }
      this.#lastId += 1;
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const job: Job = {
        request: { ...question, id: this.#lastId },
        settle: (answer) => {
          done();
          resolve(answer);
        },
      };
      const giveUp = (act: () => void) => {
        done();
        this.#abandon(job);
        act();
      };
      const onAbort = () => giveUp(() => reject(signal?.reason));
      const timer = setTimeout(() => giveUp(() => resolve({ kind: 'hung' })), limitMs);
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  #next(): void {
    clearTimeout(this.#idleTimer);
    for (const reading of this.#lanes) {
      if (this.#waiting.length === 0) break;
      if (reading.ready && !reading.job) this.#give(reading, this.#waiting.shift());
    }
    if (this.#waiting.length > 0) this.#makeRoom();
    else if ([...this.#lanes].every(({ job }) => job === null)) this.#waitIdle();
  }

  #give(reading: Reading, job: Job | undefined): void {
    if (!job) return;
    reading.job = job;
    reading.since = performance.now();
    reading.lane.hold(true);
    reading.lane.ask(job.request);
  }

  /** Another lane where none is on its way or about to be free. */
  #makeRoom(): void {
    const soon = [...this.#lanes].some(
      ({ ready, since }) => !ready || performance.now() - since < slowMs,
    );
    if (!soon && this.#lanes.size < mostLanes) this.#open();
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => this.#next(), slowMs);
  }

  #open(): void {
    let reading: Reading | null = null;
    const lane = this.#start({
      onMessage: (message) => reading && this.#onMessage(reading, message),
      onGone: () => reading && this.#onGone(reading),
    });
    reading = { lane, ready: false, job: null, since: performance.now() };
    lane.hold(true);
    this.#lanes.add(reading);
  }

  #onMessage(reading: Reading, message: FileAnswer | FileReady): void {
    if (!this.#lanes.has(reading)) return;
    if (message.kind === 'ready') {
      reading.ready = true;
      this.#everReady = true;
    } else if (message.id === reading.job?.request.id) {
      const { job } = reading;
      reading.job = null;
      job.settle(message);
    }
    if (!reading.job) reading.lane.hold(false);
    this.#next();
  }

  #onGone(reading: Reading): void {
    if (!this.#lanes.delete(reading)) return;
    // A runtime that cannot start another of its kind: better a thread than no files at all.
    if (!reading.ready && !this.#everReady) {
      this.#start = this.#options.startFallback ?? startThread;
      this.#everReady = true;
    }
    if (reading.job) reading.job.settle({ kind: 'hung' });
    void reading.lane.drop();
    this.#next();
  }

  #abandon(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) {
      this.#waiting.splice(at, 1);
      return;
    }
    for (const reading of this.#lanes) {
      if (reading.job !== job) continue;
      this.#lanes.delete(reading);
      this.#stuck += 1;
      void reading.lane.drop().finally(() => {
        this.#stuck -= 1;
      });
    }
    this.#next();
  }

  #waitIdle(): void {
    clearTimeout(this.#slowTimer);
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => {
      for (const { lane } of this.#lanes) void lane.drop();
      this.#lanes.clear();
    }, this.#options.idleMs ?? 10_000).unref();
  }
}
