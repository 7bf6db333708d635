import { setTimeout as pause } from 'node:timers/promises';
import type { LogChoice, LogSource } from '../../../../../shared/cluster/pods/pod-log.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { KubeError, type LogLine } from '../../../connections/kubernetes/index.ts';
import { mayRead, refusal } from '../refusal.ts';
import type { Pace } from './pace.ts';
import { PlaceInLog } from './place-in-log.ts';

/** How its container stands, as far as it is known. */
export type Standing = 'waiting' | 'running' | 'ended' | 'gone' | 'unknown';

export interface SourceNeeds {
  readonly client: Pick<KubeClient, 'logs' | 'clockSkewMs'>;
  readonly pod: { readonly namespace: string; readonly name: string };
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
  readonly times?: Partial<typeof usualTimes>;
}

const usualTimes = {
  /** A connection without a word for so long is made anew, since it may be dead. */
  quietMs: 150_000,
  againMs: 1_000,
  mostAgainMs: 15_000,
  lookMs: 5_000,
  /** Whoever is so far behind goes on from the end. */
  behindMs: 20_000,
};

/** Of the first look; what follows goes on from where that ended. */
const firstBytes = 1024 * 1024;
const linesAfterGap = 1_000;

type Outcome = 'ended' | 'quiet' | 'behind';

/** Reads the log of one container: its end, then what comes, across broken connections and restarts. */
export class SourceReader {
  readonly #needs: SourceNeeds;
  readonly #times: typeof usualTimes;
  readonly #place = new PlaceInLog();
  readonly #failures = { count: 0 };

  constructor(needs: SourceNeeds) {
    this.#needs = needs;
    this.#times = { ...usualTimes, ...needs.times };
  }

  /** What it has said so far. Never throws. */
  async readTail(): Promise<void> {
    const { choice, standing, onState, signal } = this.#needs;
    const { is, why } = standing();
    if (is === 'waiting' && !choice.previous) return onState('waiting', why);
    const { tail: tailLines, previous, sinceSeconds } = choice;
    const since = sinceSeconds === null ? null : Date.now() - sinceSeconds * 1_000;
    try {
      const follows = choice.follow && !previous;
      const asked = {
        ...{ tailLines, previous, ...(since !== null && { since }) },
        ...(follows && { limitBytes: firstBytes }),
      };
      for await (const line of this.#lines(asked, signal)) await this.#take(line);
      if (!follows) onState('ended', null);
    } catch (error) {
      this.#told(error);
    }
  }

  /** What comes from then on, until the signal. Never throws. */
  async follow(): Promise<void> {
    const { signal, standing, onState, changed } = this.#needs;
    while (!signal.aborted) {
      const { is, why } = standing();
      if (is === 'gone') return onState('ended', why);
      if (is === 'waiting') {
        onState('waiting', why);
        await changed(this.#times.lookMs, signal);
        continue;
      }
      try {
        const outcome = await this.#once();
        this.#failures.count = 0;
        if (outcome === 'ended') await this.#whenEnded();
      } catch (error) {
        if (signal.aborted || this.#told(error) === 'for good') return;
        await changed(this.#waitMs(), signal);
      }
    }
  }

  async #whenEnded(): Promise<void> {
    const { signal, standing, onState, changed } = this.#needs;
    const { is, why } = standing();
    if (is === 'running') return await pause(this.#times.againMs, undefined, { signal });
    if (is !== 'waiting') onState('ended', why);
    await changed(this.#times.lookMs, signal);
  }

  async #once(): Promise<Outcome> {
    const { choice, signal, onState } = this.#needs;
    const { since } = this.#place;
    this.#place.rewind();
    const leave = new AbortController();
    const quiet = setTimeout(() => leave.abort(), this.#times.quietMs).unref();
    // A connection that is refused at once is not taken for one that stands.
    const standsMs = this.#failures.count === 0 ? 0 : this.#times.againMs;
    const stands = setTimeout(() => onState('following', null), standsMs);
    const either = AbortSignal.any([signal, leave.signal]);
    const from = since === null ? { tailLines: choice.tail } : { since };
    try {
      for await (const line of this.#lines({ follow: true, ...from }, either)) {
        onState('following', null);
        quiet.refresh();
        if ((await this.#take(line)) && this.#isBehind(line)) return await this.#goOnFromTheEnd();
      }
    } finally {
      clearTimeout(quiet);
      clearTimeout(stands);
      leave.abort();
    }
    return 'ended';
  }

  async #goOnFromTheEnd(): Promise<Outcome> {
    const { onGap, signal } = this.#needs;
    onGap();
    this.#place.rewind();
    for await (const line of this.#lines({ tailLines: linesAfterGap }, signal)) {
      await this.#take(line);
    }
    return 'behind';
  }

  /** True: it comes too fast. */
  async #take(line: LogLine): Promise<boolean> {
    if (isOfTheNode(line)) return false;
    if (this.#place.isNew(line)) this.#needs.onLine(line);
    return await this.#needs.pace.take(line.text.length, this.#needs.signal);
  }

  #isBehind({ at }: LogLine): boolean {
    const now = Date.now() + (this.#needs.client.clockSkewMs() ?? 0);
    return at !== null && now - at > this.#times.behindMs;
  }

  #lines(options: object, signal: AbortSignal): AsyncIterable<LogLine> {
    const { client, pod, container } = this.#needs;
    return client.logs(pod, { ...options, container, signal });
  }

  #waitMs(): number {
    this.#failures.count += 1;
    return Math.min(this.#times.mostAgainMs, this.#times.againMs * 2 ** this.#failures.count);
  }

  #told(error: unknown): 'for good' | 'for now' {
    const { onState, pod, signal } = this.#needs;
    if (signal.aborted) return 'for good';
    const why = refusal(error, mayRead(pod.namespace));
    const text = why instanceof Error ? why.message : String(why);
    const code = why instanceof KubeError ? why.code : null;
    if (code === 'KUBE_INVALID' && /waiting to start|PodInitializing/i.test(text)) {
      onState('waiting', 'its container has not begun yet');
      return 'for now';
    }
    if (code === 'KUBE_INVALID' && /previous terminated/i.test(text)) {
      onState('failed', 'it did not run before');
      return 'for good';
    }
    if (code === 'KUBE_NOT_FOUND') onState('ended', 'the pod is gone');
    else onState(isLasting(code) ? 'failed' : 'lost', text);
    return isLasting(code) ? 'for good' : 'for now';
  }
}

/** Instead of a log that was tidied away a node writes a line of its own into the answer. */
function isOfTheNode({ at, text }: LogLine): boolean {
  return at === null && /^unable to retrieve container logs for \S+$/.test(text);
}

function isLasting(code: string | null): boolean {
  return code === 'KUBE_FORBIDDEN' || code === 'KUBE_NOT_FOUND' || code === 'KUBE_CANCELLED';
}
