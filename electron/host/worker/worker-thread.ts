import { Worker } from 'node:worker_threads';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type Asks, type FromThread, restoreError, type ToThread } from './messages.ts';

export interface WorkerThreadOptions {
  /** The file that calls `serveThread`; see `threadEntry`. */
  readonly entry: URL;
  /** What it does, for a person, as the subject of a sentence: `Reading the facts`. */
  readonly task: string;
  /** Milliseconds without work until the thread ends; default 10,000. */
  readonly idleMs?: number;
  /** Of the thread's heap; default 512. More ends the thread, not the host. */
  readonly maxHeapMib?: number;
  /** Of what was made lately; the engine's own bound is generous. */
  readonly maxYoungMib?: number;
}

export interface RunOptions<Part> {
  /** Where it is aborted, the thread is ended in the middle of what it does. */
  readonly signal?: AbortSignal;
  /** Moved, not copied: the caller cannot use them any more. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Takes what comes before the end; the next one comes in a later turn of the event loop. */
  readonly onPart?: (part: Part) => void;
}

interface Job {
  readonly message: ToThread;
  readonly transfer: readonly ArrayBuffer[];
  readonly onPart: (part: unknown) => void;
  readonly settle: (outcome: { output: unknown } | { error: unknown }) => void;
}

/**
 * One thread for work that would hold up the host's event loop. It starts with the first question,
 * answers one after the other, ends when idle, and never keeps the process alive by itself. A thread
 * that crashes or runs out of memory fails its question with INTERNAL (`data.outOfMemory`); the next
 * question has a fresh one.
 */
export class WorkerThread<A extends Asks> {
  readonly #options: WorkerThreadOptions;
  readonly #waiting: Job[] = [];
  #running: Job | null = null;
  #worker: Worker | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: WorkerThreadOptions) {
    this.#options = options;
  }

  /** Rejects with the signal's reason, with what the handler threw, or with INTERNAL. */
  run<N extends keyof A & string>(
    name: N,
    input: A[N]['input'],
    options: RunOptions<A[N]['part']> = {},
  ): Promise<A[N]['output']> {
    const { signal, transfer = [], onPart = () => {} } = options;
    return new Promise((resolve, reject) => {
      if (this.#closed) throw this.#failure('Rackhelm is ending.');
      signal?.throwIfAborted();
      const onAbort = () => this.#cancel(job, signal?.reason);
      const job: Job = {
        message: { type: 'ask', name, input },
        transfer,
        // The thread was asked by that name, and answers with the types of that name.
        onPart: onPart as (part: unknown) => void,
        settle: (outcome) => {
          signal?.removeEventListener('abort', onAbort);
          if ('error' in outcome) reject(outcome.error);
          else resolve(outcome.output);
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  /** Ends the thread; questions that are open are rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    const open = [this.#running, ...this.#waiting.splice(0)];
    const worker = this.#drop();
    for (const job of open) job?.settle({ error: this.#failure('Rackhelm is ending.') });
    await worker?.terminate();
  }

  #next(): void {
    if (this.#running) return;
    const job = this.#waiting.shift();
    if (!job) {
      this.#waitIdle();
      return;
    }
    clearTimeout(this.#idleTimer);
    this.#running = job;
    try {
      this.#worker ??= this.#start();
      this.#worker.ref();
      this.#worker.postMessage(job.message, job.transfer);
    } catch (error) {
      // What cannot be cloned is the caller's fault, and the thread is as good as before.
      this.#end(job, { error });
    }
  }

  #start(): Worker {
    const { maxHeapMib = 512, maxYoungMib } = this.#options;
    const worker = new Worker(this.#options.entry, {
      // The process's own (`-e`, an inspector's port) may not fit a second start.
      execArgv: [],
      resourceLimits: {
        maxOldGenerationSizeMb: maxHeapMib,
        ...(maxYoungMib !== undefined && { maxYoungGenerationSizeMb: maxYoungMib }),
      },
    });
    worker.on('message', (message: FromThread) => this.#onMessage(worker, message));
    worker.on('messageerror', (error) => this.#onCrash(worker, error));
    worker.on('error', (error) => this.#onCrash(worker, error));
    worker.on('exit', (code) => this.#onCrash(worker, new Error(`The thread ended with ${code}.`)));
    return worker;
  }

  #onMessage(worker: Worker, message: FromThread): void {
    const job = this.#running;
    if (worker !== this.#worker || !job) return;
    if (message.type === 'done') this.#end(job, { output: message.output });
    else if (message.type === 'failed') this.#end(job, { error: restoreError(message.error) });
    else {
      job.onPart(message.part);
      // Not at once: whatever else waits for the event loop comes before the next part.
      setImmediate(() => {
        const more: ToThread = { type: 'more' };
        if (worker === this.#worker) worker.postMessage(more);
      });
    }
  }

  #onCrash(worker: Worker, cause: unknown): void {
    if (worker !== this.#worker) return;
    const job = this.#running;
    void this.#drop()?.terminate();
    const outOfMemory = isOutOfMemory(cause);
    const how = outOfMemory ? 'it needed too much memory.' : 'something went wrong inside.';
    const error = this.#failure(`${this.#options.task} was ended: ${how}`, { cause, outOfMemory });
    job?.settle({ error });
    this.#next();
  }

  #cancel(job: Job, reason: unknown): void {
    const at = this.#waiting.indexOf(job);
    if (at !== -1) this.#waiting.splice(at, 1);
    else if (job === this.#running) void this.#drop()?.terminate();
    job.settle({ error: reason });
    this.#next();
  }

  #end(job: Job, outcome: { output: unknown } | { error: unknown }): void {
    this.#running = null;
    job.settle(outcome);
    this.#next();
  }

  /** Lets go of the thread, which from now on is not listened to. */
  #drop(): Worker | null {
    const worker = this.#worker;
    clearTimeout(this.#idleTimer);
    this.#worker = null;
    this.#running = null;
    return worker;
  }

  #waitIdle(): void {
    this.#worker?.unref();
    clearTimeout(this.#idleTimer);
    const end = () => void this.#drop()?.terminate();
    this.#idleTimer = setTimeout(end, this.#options.idleMs ?? 10_000).unref();
  }

  #failure(
    message: string,
    { cause, outOfMemory = false }: { cause?: unknown; outOfMemory?: boolean } = {},
  ): RackhelmError {
    return new RackhelmError('INTERNAL', message, { cause, data: { outOfMemory } });
  }
}

function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
