import { setTimeout as pause } from 'node:timers/promises';
import type {
  LogChoice,
  LogSource,
  PodLogEvent,
  PodLogLine,
} from '../../../shared/cluster/pods/pod-log.ts';
import type { TargetContainer, TargetPod } from '../../../shared/cluster/pods/pod-target.ts';
import type { LogLine } from '../connections/kubernetes/index.ts';
import { harmless } from '../connections/ssh/index.ts';
import { LogFollower } from './log-followers.ts';
import { LogRing } from './log-ring.ts';
import { Pace, type PaceBounds } from './pace.ts';
import { type LogClient, SourceReader, type Standing } from './source-reader.ts';

export interface LogSessionNeeds {
  readonly client: LogClient;
  /** Tells whose logs are read, as they come and go, until the signal. */
  readonly watch: (watched: WatchSources) => Promise<void>;
  readonly choice: LogChoice;
  readonly pace?: PaceBounds | undefined;
}

export interface WatchSources {
  readonly signal: AbortSignal;
  /** Called when all of them are known, and each time that one changed. */
  readonly onChange: (pods: ReadonlyMap<string, TargetPod>) => void;
}

/** Logs that are followed at once; each is a connection. */
const mostSources = 40;
/** Of those that are gone, the names of their lines. */
const mostTold = 200;
/** Lines that came together are put in their order and sent together. */
const togetherMs = 100;
/** So long the first look waits for those who are slow to tell. */
const firstMs = 3_000;
/** More of a line is not kept. */
const mostText = 8_192;
const firstLines = 1_000;
const mostIncoming = 8 * 1024 * 1024;

type Incoming = Omit<PodLogLine, 'seq'> & { readonly nanos: number };

interface Opened {
  told: LogSource;
  readonly reader: SourceReader;
}

/** Logs of the containers of one or many pods as one, in the order of time. */
export class LogSession {
  readonly #needs: LogSessionNeeds;
  readonly #leave = new AbortController();
  readonly #ring = new LogRing();
  readonly #pace: Pace;
  readonly #sources = new Map<string, Opened>();
  readonly #followers = new Set<LogFollower>();
  readonly #bells = new Set<() => void>();
  readonly #begun = Promise.withResolvers<void>();
  #pods: ReadonlyMap<string, TargetPod> = new Map();
  #incoming: Incoming[] = [];
  #incomingCharacters = 0;
  #flushing: NodeJS.Timeout | undefined;
  #following = 0;
  #nextIndex = 0;
  #more = 0;
  #isSettled = false;
  #isFirstRead = false;
  /** It was read whole, and nothing more comes. */
  isOver = false;
  #isWatched = true;

  constructor(needs: LogSessionNeeds) {
    this.#needs = needs;
    this.#pace = new Pace(needs.pace);
    const { signal } = this.#leave;
    const onChange = (pods: ReadonlyMap<string, TargetPod>) => this.#see(pods);
    needs.watch({ signal, onChange }).then(() => (this.#isWatched = false), this.#begun.reject);
    // Whoever follows is told.
    this.#begun.promise.catch(() => {});
  }

  get isFollowed(): boolean {
    return this.#following > 0;
  }

  /** The end of it, then what comes, until the signal. Throws NOT_FOUND, KubeError. */
  async *follow(search: string, signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void> {
    const left = AbortSignal.any([signal, this.#leave.signal]);
    this.#following += 1;
    let follower: LogFollower | undefined;
    try {
      await Promise.race([this.#begun.promise, aborted(left)]);
      if (left.aborted) return;
      // Both in the same turn, so that nothing comes twice and nothing between.
      const reading = this.#ring.read({ before: null, search, limit: firstLines });
      follower = new LogFollower(search);
      this.#followers.add(follower);
      const { lines, more } = await reading;
      yield { type: 'start', lines, earlier: more };
      follower.tell(this.#toldSources());
      if (this.isOver) follower.end();
      yield* follower.events(left);
    } finally {
      this.#following -= 1;
      if (follower !== undefined) this.#followers.delete(follower);
    }
  }

  read(asked: Parameters<LogRing['read']>[0]): ReturnType<LogRing['read']> {
    return this.#ring.read(asked);
  }

  close(): void {
    this.#leave.abort();
    clearTimeout(this.#flushing);
    for (const follower of this.#followers) follower.end();
  }

  #see(pods: ReadonlyMap<string, TargetPod>): void {
    this.#pods = pods;
    const fresh = this.#openNew();
    for (const bell of [...this.#bells]) bell();
    if (!this.#isSettled) {
      this.#isSettled = true;
      void this.#begin(fresh);
    } else for (const opened of fresh) void this.#beginLate(opened);
    if (fresh.length > 0) this.#tell();
  }

  #openNew(): Opened[] {
    const { containers } = this.#needs.choice;
    const fresh: Opened[] = [];
    const alive = [...this.#sources.values()].filter(({ told }) => told.state !== 'ended').length;
    this.#more = 0;
    for (const pod of [...this.#pods.values()].sort((a, b) => a.name.localeCompare(b.name))) {
      for (const { name } of pod.containers) {
        if (containers.length > 0 && !containers.includes(name)) continue;
        const key = `${pod.name}/${name}`;
        if (this.#sources.has(key)) continue;
        if (alive + fresh.length >= mostSources) this.#more += 1;
        else fresh.push(this.#open(pod, name));
      }
    }
    return fresh;
  }

  #open({ namespace, name: pod }: TargetPod, container: string): Opened {
    const key = `${pod}/${container}`;
    const { client, choice } = this.#needs;
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    const reader = new SourceReader({
      ...{ client, choice, container, pod: { namespace, name: pod }, pace: this.#pace },
      signal: this.#leave.signal,
      standing: () => this.#standing(pod, container),
      changed: (ms, signal) => this.#changed(ms, signal),
      onLine: (line) => this.#take(line, index),
      onGap: () => this.#take(null, index),
      onState: (state, why) => this.#setState(key, state, why),
    });
    const told: LogSource = { index, pod, container, state: 'opening', why: null };
    const opened = { told, reader };
    this.#sources.set(key, opened);
    for (const [old, { told: other }] of this.#sources) {
      if (this.#sources.size <= mostTold) break;
      if (other.state === 'ended') this.#sources.delete(old);
    }
    return opened;
  }

  /** The first of all are put in order together. */
  async #begin(opened: readonly Opened[]): Promise<void> {
    const ended = opened.map((each) => this.#beginLate(each));
    const known = this.#follows ? opened.map(({ reader }) => reader.caughtUp) : ended;
    await Promise.race([Promise.all(known), pause(firstMs, undefined, { ref: false })]);
    this.#isFirstRead = true;
    this.#flush();
    this.#begun.resolve();
    if (this.#follows) return;
    await Promise.all(ended);
    this.#flush();
    this.isOver = true;
    for (const follower of this.#followers) follower.end();
  }

  async #beginLate({ reader }: Opened): Promise<void> {
    await (this.#follows ? reader.follow() : reader.readOnce());
  }

  get #follows(): boolean {
    return this.#needs.choice.follow && !this.#needs.choice.previous;
  }

  #standing(name: string, container: string): { is: Standing; why: string | null } {
    const found = this.#pods.get(name)?.containers.find((each) => each.name === container);
    if (found === undefined) return { is: 'gone', why: 'the pod is gone' };
    if (!this.#isWatched) return { is: 'unknown', why: null };
    const { state, why } = found;
    if (state === 'waiting') return { is: hasLog(found) ? 'ended' : 'waiting', why };
    return { is: state, why };
  }

  async #changed(ms: number, signal: AbortSignal): Promise<void> {
    const rung = Promise.withResolvers<void>();
    this.#bells.add(rung.resolve);
    const leave = new AbortController();
    const either = AbortSignal.any([signal, leave.signal]);
    await Promise.race([rung.promise, pause(ms, undefined, { signal: either }).catch(() => {})]);
    leave.abort();
    this.#bells.delete(rung.resolve);
  }

  #setState(key: string, state: LogSource['state'], why: string | null): void {
    const opened = this.#sources.get(key);
    if (opened === undefined) return;
    if (opened.told.state === state && opened.told.why === why) return;
    opened.told = { ...opened.told, state, why };
    this.#tell();
  }

  #toldSources() {
    return { sources: [...this.#sources.values()].map(({ told }) => told), more: this.#more };
  }

  #tell(): void {
    const told = this.#toldSources();
    for (const follower of this.#followers) follower.tell(told);
  }

  #take(line: LogLine | null, source: number): void {
    const incoming = { ...shownLine(line, source), nanos: line?.nanos ?? 0 };
    this.#incoming.push(incoming);
    this.#incomingCharacters += incoming.text.length;
    if (this.#incomingCharacters > mostIncoming) this.#flush();
    else if (this.#isFirstRead) {
      this.#flushing ??= setTimeout(() => this.#flush(), togetherMs).unref();
    }
  }

  /** In the order of time; of one container in the order in which they came. */
  #flush(): void {
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    const together = this.#incoming;
    [this.#incoming, this.#incomingCharacters] = [[], 0];
    if (this.#sources.size > 1) together.sort((a, b) => a.at - b.at || a.nanos - b.nanos);
    const lines = together.map(({ nanos: _, ...line }) => this.#ring.push(line));
    for (const follower of this.#followers) follower.take(lines);
  }
}

function shownLine(line: LogLine | null, source: number): Omit<PodLogLine, 'seq'> {
  const at = line?.at ?? Date.now();
  if (line === null) {
    const text = 'It came faster than it could be read: lines are left out here';
    return { kind: 'gap', at, source, text, cut: false };
  }
  const cut = line.cut || line.text.length > mostText;
  return { kind: 'line', at, source, text: harmless(line.text.slice(0, mostText)), cut };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Also one that crashes and waits to be begun again has said something. */
function hasLog({ state, restarts }: TargetContainer): boolean {
  return state !== 'waiting' || restarts > 0;
}
