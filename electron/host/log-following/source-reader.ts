import { setTimeout as pause } from 'node:timers/promises';
import type { LogChoice, LogSource } from '../../../shared/cluster/pods/pod-log.ts';
import type { LogLine } from '../connections/kubernetes/index.ts';
import type { Pace } from './pace.ts';
import { PlaceInLog } from './place-in-log.ts';

/** One read of a log, or all that comes. */
export interface LogOptions {
  readonly container: string;
  readonly follow?: boolean;
  /** Of the container before its last restart. */
  readonly previous?: boolean;
  readonly tailLines?: number;
  /** UTC milliseconds. */
  readonly since?: number;
  readonly signal: AbortSignal;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

/** Whose logs are read, and what its failures mean. */
export interface LogClient {
  logs(pod: PodName, options: LogOptions): AsyncIterable<LogLine>;
  explain(error: unknown, pod: PodName): LogFailure;
}

export interface LogFailure {
  readonly state: LogSource['state'];
  readonly why: string;
  /** It will not change by itself. */
  readonly lasting: boolean;
}

/** How its container stands, as far as it is known. */
export type Standing = 'waiting' | 'running' | 'ended' | 'gone' | 'unknown';

export interface SourceNeeds {
  readonly client: LogClient;
  readonly pod: PodName;
  readonly container: string;
  readonly choice: LogChoice;
  readonly pace: Pace;
  readonly standing: () => { readonly is: Standing; readonly why: string | null };
  /** Until its pod changed, or that long. */
  readonly changed: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly onLine: (line: LogLine) => void;
  /** Lines were left out, since they came faster than they could be read. */
  readonly onGap: () => void;
  readonly onState: (state: LogSource['state'], why: string | null) => void;
  readonly signal: AbortSignal;
}

const times = {
  /** A connection without a word for so long is made anew, since it may be dead. */
  quietMs: 150_000,
  againMs: 1_000,
  mostAgainMs: 15_000,
  lookMs: 5_000,
  /** Whoever falls so far behind goes on from the end. */
  behindMs: 5_000,
  /** After its last line, that of what was said before; and so long it may take to come. */
  settledMs: 250,
  firstMs: 1_500,
};

const linesAfterGap = 1_000;

type Outcome = 'ended' | 'behind';

/** Reads the log of one container: its end, then what comes, across broken connections and restarts. */
export class SourceReader {
  readonly #needs: SourceNeeds;
  readonly #place = new PlaceInLog();
  readonly #caughtUp = Promise.withResolvers<void>();
  #settling: NodeJS.Timeout | undefined;
  #failures = 0;
  /** How late lines came at best: clocks of nodes are not ours. */
  #leastLag = Number.POSITIVE_INFINITY;
  /** Lines of its end to begin with; null: it goes on from where it was. */
  #tail: number | null;

  constructor(needs: SourceNeeds) {
    this.#needs = needs;
    this.#tail = needs.choice.tail;
  }

  /** Once what was said before is there, or it is known that nothing comes. Never rejects. */
  get caughtUp(): Promise<void> {
    return this.#caughtUp.promise;
  }

  /** What it has said so far, and no more. Never throws. */
  async readOnce(): Promise<void> {
    const { choice, standing, onState, signal } = this.#needs;
    const { is, why } = standing();
    if (is === 'waiting' && !choice.previous) return onState('waiting', why);
    try {
      const asked = { tailLines: choice.tail, previous: choice.previous, ...this.#since() };
      for await (const line of this.#lines(asked, signal)) await this.#take(line);
      onState('ended', null);
    } catch (error) {
      this.#told(error);
    }
  }

  /** All of it, until the signal. Never throws. */
  async follow(): Promise<void> {
    this.#settling = setTimeout(this.#caughtUp.resolve, times.firstMs);
    try {
      await this.#followOn();
    } finally {
      clearTimeout(this.#settling);
      this.#caughtUp.resolve();
    }
  }

  async #followOn(): Promise<void> {
    const { signal, standing, onState, changed } = this.#needs;
    while (!signal.aborted) {
      const { is, why } = standing();
      if (is === 'gone') return onState('ended', why);
      if (is === 'waiting') {
        onState('waiting', why);
        this.#caughtUp.resolve();
        await changed(times.lookMs, signal);
        continue;
      }
      try {
        const outcome = await this.#once();
        this.#failures = 0;
        if (outcome === 'ended') await this.#whenEnded();
      } catch (error) {
        if (signal.aborted || this.#told(error) === 'for good') return;
        this.#caughtUp.resolve();
        await changed(this.#waitMs(), signal);
      }
    }
  }

  async #whenEnded(): Promise<void> {
    const { signal, standing, onState, changed } = this.#needs;
    const { is, why } = standing();
    if (is === 'running') return await pause(times.againMs, undefined, { signal });
    if (is !== 'waiting') onState('ended', why);
    await changed(times.lookMs, signal);
  }

  async #once(): Promise<Outcome> {
    const { signal, onState } = this.#needs;
    const leave = new AbortController();
    const quiet = setTimeout(() => leave.abort(), times.quietMs).unref();
    // A connection that is refused at once is not taken for one that stands.
    const standsMs = this.#failures === 0 ? 0 : times.againMs;
    const stands = setTimeout(() => onState('following', null), standsMs);
    const either = AbortSignal.any([signal, leave.signal]);
    try {
      for await (const line of this.#lines({ follow: true, ...this.#from() }, either)) {
        onState('following', null);
        quiet.refresh();
        this.#hear();
        const isBehind = this.#isBehind(line);
        if ((await this.#take(line)) && isBehind) return this.#leaveOut();
      }
    } finally {
      clearTimeout(quiet);
      clearTimeout(stands);
      leave.abort();
    }
    this.#caughtUp.resolve();
    return 'ended';
  }

  /** Where it goes on. */
  #from(): object {
    const { since } = this.#place;
    const tailLines = this.#tail;
    if (tailLines !== null || since === null) {
      this.#tail = null;
      this.#place.rewind('lines');
      return { tailLines: tailLines ?? this.#needs.choice.tail, ...this.#since() };
    }
    this.#place.rewind('time');
    return { since };
  }

  #since(): object {
    const { sinceSeconds } = this.#needs.choice;
    return sinceSeconds === null ? {} : { since: Date.now() - sinceSeconds * 1_000 };
  }

  #hear(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(this.#caughtUp.resolve, times.settledMs);
  }

  #leaveOut(): Outcome {
    this.#needs.onGap();
    this.#tail = linesAfterGap;
    // Its clock may have been set meanwhile.
    this.#leastLag = Number.POSITIVE_INFINITY;
    return 'behind';
  }

  /** True: it comes too fast. */
  async #take(line: LogLine): Promise<boolean> {
    const { pace, onLine, signal } = this.#needs;
    const isNew = !isOfTheNode(line) && this.#place.isNew(line);
    if (!isNew) await pace.breathe();
    else onLine(line);
    return isNew && (await pace.take(line.text.length, signal));
  }

  /** Falling behind: it comes later than it once did. */
  #isBehind({ at }: LogLine): boolean {
    if (at === null) return false;
    const lag = Date.now() - at;
    this.#leastLag = Math.min(this.#leastLag, lag);
    return lag - this.#leastLag > times.behindMs;
  }

  #lines(options: object, signal: AbortSignal): AsyncIterable<LogLine> {
    const { client, pod, container } = this.#needs;
    return client.logs(pod, { ...options, container, signal });
  }

  #waitMs(): number {
    this.#failures += 1;
    return Math.min(times.mostAgainMs, times.againMs * 2 ** this.#failures);
  }

  #told(error: unknown): 'for good' | 'for now' {
    const { client, onState, pod, signal } = this.#needs;
    if (signal.aborted) return 'for good';
    const { state, why, lasting } = client.explain(error, pod);
    onState(state, why);
    return lasting ? 'for good' : 'for now';
  }
}

/** Instead of a log that was tidied away a node writes a line of its own into the answer. */
function isOfTheNode({ at, text }: LogLine): boolean {
  return at === null && /^unable to retrieve container logs for \S+$/.test(text);
}
