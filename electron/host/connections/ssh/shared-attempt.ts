import type { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshQuestion } from '../../../../shared/model/ssh.ts';
import { Clock } from './clock.ts';
import { cancelled, timedOut } from './errors.ts';
import type { Answer, Ask, SshStep } from './types.ts';

/** Somebody who waits for a connection. */
export interface Participant {
  readonly ask: Ask;
  readonly signal: AbortSignal;
  readonly onStep: (step: SshStep, text: string) => void;
  readonly onBanner?: (host: string, text: string) => void;
  /** Of the machine's own time; Infinity leaves it to whoever waits further out. */
  readonly timeoutMs: number;
  /** Stops a clock further out (that of the machine behind a jump host). */
  readonly hold?: (whose: Clocks) => () => void;
  /** Whether a person is there who may act elsewhere meanwhile. Default true. */
  readonly attended?: boolean;
}

/** `attended`: of those alone whom a person waits with; nobody confirms anything for the others. */
export type Clocks = 'all' | 'attended';

/** What the work sees of those who wait for it. */
export interface AttemptContext {
  readonly signal: AbortSignal;
  ask(question: SshQuestion): Promise<Answer>;
  step(step: SshStep, text: string): void;
  /** What a machine says to people. */
  banner(host: string, text: string): void;
  /** Whether anybody who waits is a person. */
  readonly attended: boolean;
  /** Stops the clocks until the returned function is called. Default: all of them. */
  hold(whose?: Clocks): () => void;
  /** What the error is should the time run out now. */
  whenTimeRunsOut(describe: (ms: number) => RackhelmError): void;
}

/** What came of an attempt, for one caller. */
export interface Joined<T> {
  readonly value: T;
  /** Milliseconds of the machine's own time that this caller waited. */
  readonly spentMs: number;
}

interface Waiting {
  readonly participant: Participant;
  readonly clock: Clock;
  readonly leave: (error: unknown) => void;
}

/** Clocks that stand still for one reason. */
class Hold {
  readonly #whose: Clocks;
  readonly #releases: (() => void)[] = [];

  constructor(whose: Clocks) {
    this.#whose = whose;
  }

  add({ participant, clock }: Waiting): void {
    if (this.#whose === 'attended' && participant.attended === false) return;
    this.#releases.push(clock.hold());
    const outer = participant.hold?.(this.#whose);
    if (outer) this.#releases.push(outer);
  }

  release(): void {
    for (const release of this.#releases.splice(0)) release();
  }
}

/**
 * One connection attempt that several callers wait for: one handshake, one question to the person.
 * Each caller keeps its own signal and time limit; the work ends when the last one has left.
 */
export class SharedAttempt<T> {
  readonly #waiting = new Set<Waiting>();
  readonly #steps: [SshStep, string][] = [];
  readonly #banners: [string, string][] = [];
  readonly #abort = new AbortController();
  readonly #result: Promise<T>;
  readonly #holds = new Set<Hold>();
  #describe: (ms: number) => RackhelmError = (ms) => timedOut('There was no answer', ms);

  constructor(work: (context: AttemptContext) => Promise<T>) {
    const isAttended = () =>
      [...this.#waiting].some(({ participant }) => participant.attended !== false);
    const context: AttemptContext = {
      signal: this.#abort.signal,
      get attended() {
        return isAttended();
      },
      ask: (question) => this.#untimed(() => this.#ask(question)),
      step: (step, text) => this.#step(step, text),
      banner: (host, text) => {
        this.#banners.push([host, text]);
        for (const { participant } of this.#waiting) participant.onBanner?.(host, text);
      },
      hold: (whose = 'all') => this.#hold(whose),
      whenTimeRunsOut: (describe) => {
        this.#describe = describe;
      },
    };
    // Starts after the first caller has joined.
    this.#result = Promise.resolve().then(() => work(context));
    // Each caller hears of a failure through join; when all have left, nobody needs to.
    this.#result.catch(() => {});
  }

  /** Settled or not, all callers gone. */
  get abandoned(): boolean {
    return this.#abort.signal.aborted;
  }

  /** Ends the work and sends everybody away. */
  cancel(error: RackhelmError): void {
    for (const { leave } of [...this.#waiting]) leave(error);
    this.#abort.abort();
  }

  timeoutError(ms: number): RackhelmError {
    return this.#describe(ms);
  }

  join(participant: Participant): Promise<Joined<T>> {
    return new Promise((resolve, reject) => {
      if (participant.signal.aborted) {
        reject(cancelled(participant.signal));
        if (this.#waiting.size === 0) this.#abort.abort();
        return;
      }
      const { timeoutMs, signal } = participant;
      const onAbort = () => leave(cancelled(signal));
      const clock = new Clock(timeoutMs, () => leave(this.#describe(timeoutMs)));
      const done = () => {
        clock.stop();
        signal.removeEventListener('abort', onAbort);
        return this.#waiting.delete(waiting);
      };
      const leave = (error: unknown) => {
        if (!done()) return;
        reject(error);
        if (this.#waiting.size === 0) this.#abort.abort();
      };
      const waiting: Waiting = { participant, clock, leave };
      this.#waiting.add(waiting);
      signal.addEventListener('abort', onAbort, { once: true });
      for (const hold of this.#holds) hold.add(waiting);
      for (const [step, text] of this.#steps) participant.onStep(step, text);
      for (const [host, text] of this.#banners) participant.onBanner?.(host, text);
      this.#result.then(
        (value) => done() && resolve({ value, spentMs: clock.ranMs }),
        (error: unknown) => done() && reject(error),
      );
    });
  }

  async #untimed<R>(wait: () => Promise<R>): Promise<R> {
    const release = this.#hold('all');
    try {
      return await wait();
    } finally {
      release();
    }
  }

  #hold(whose: Clocks): () => void {
    const hold = new Hold(whose);
    this.#holds.add(hold);
    for (const waiting of this.#waiting) hold.add(waiting);
    return () => {
      this.#holds.delete(hold);
      hold.release();
    };
  }

  #step(step: SshStep, text: string): void {
    this.#steps.push([step, text]);
    for (const { participant } of this.#waiting) participant.onStep(step, text);
  }

  /** Asks the caller who waits longest; when that one leaves, the question passes to the next. */
  async #ask(question: SshQuestion): Promise<Answer> {
    for (;;) {
      const [first] = this.#waiting;
      if (!first || this.#abort.signal.aborted) throw cancelled();
      const { participant } = first;
      const answer = await Promise.race([
        participant.ask(question, participant.signal).catch((error: unknown) => {
          if (participant.signal.aborted) return null;
          throw error;
        }),
        left(AbortSignal.any([participant.signal, this.#abort.signal])),
      ]);
      if (answer) return answer;
    }
  }
}

/** Resolves to null when the caller gives up. */
function left(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
}
