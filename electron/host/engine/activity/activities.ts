import { v7 as uuidv7 } from 'uuid';
import type { Activity } from '../../../../shared/contract/system.ts';

const kept = 50;
const keptLines = 200;
const progressEveryMs = 200;

interface ActivityOptions {
  /** The one device that it is about. */
  readonly deviceId?: string | null;
  /** Ends the work early; without it nobody can. */
  readonly cancel?: () => void;
}

/** One running piece of work, as its owner reports on it. */
export interface ActivityHandle {
  readonly id: string;
  line(text: string): void;
  progress(done: number, total: number): void;
  waiting(): void;
  running(): void;
  end(state: 'done' | 'failed' | 'cancelled', text?: string): void;
}

/** The same activity with only those lines that a listener lacks who has seen so many. */
export function withoutSeen(activity: Activity, seenLines: number): Activity {
  const skip = Math.min(activity.lines.length, Math.max(0, seenLines - activity.firstLine));
  if (skip === 0) return activity;
  return {
    ...activity,
    lines: activity.lines.slice(skip),
    firstLine: activity.firstLine + skip,
  };
}

/** What runs and ran since the start; told to every window. Nothing here outlives the process. */
export class Activities {
  readonly #all = new Map<string, Activity>();
  readonly #listeners = new Set<(activity: Activity) => void>();
  readonly #clearListeners = new Set<() => void>();
  readonly #cancels = new Map<string, () => void>();
  /** Activities whose progress waits to be told. */
  readonly #untold = new Map<string, NodeJS.Timeout>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Newest first. */
  list(): readonly Activity[] {
    return [...this.#all.values()].reverse();
  }

  subscribe(listener: (activity: Activity) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets what has ended; what runs or waits stays. */
  clearEnded(): void {
    for (const { id, endedAt } of this.#all.values()) if (endedAt !== null) this.#all.delete(id);
    for (const listener of this.#clearListeners) listener();
  }

  onClear(listener: () => void): () => void {
    this.#clearListeners.add(listener);
    return () => this.#clearListeners.delete(listener);
  }

  /** Ends what runs, if it can be ended. */
  cancel(id: string): boolean {
    const cancel = this.#cancels.get(id);
    cancel?.();
    return cancel !== undefined;
  }

  start(title: string, options: ActivityOptions = {}): ActivityHandle {
    const { deviceId = null, cancel } = options;
    const id = uuidv7();
    if (cancel) this.#cancels.set(id, cancel);
    this.#put({
      id,
      title,
      state: 'running',
      startedAt: this.#now(),
      endedAt: null,
      lines: [],
      firstLine: 0,
      deviceId,
      progress: null,
      cancellable: cancel !== undefined,
    });
    this.#forgetOldest();
    return {
      id,
      line: (text) => this.#addLine(id, text),
      waiting: () => this.#change(id, { state: 'waiting' }),
      running: () => this.#change(id, { state: 'running' }),
      progress: (done, total) => this.#setProgress(id, { done, total }),
      end: (state, text) => {
        if (text !== undefined) this.#addLine(id, text);
        this.#cancels.delete(id);
        this.#change(id, { state, endedAt: this.#now(), cancellable: false });
      },
    };
  }

  #addLine(id: string, text: string): void {
    const { lines = [], firstLine = 0 } = this.#all.get(id) ?? {};
    const all = [...lines, { at: this.#now(), text }];
    const gone = Math.max(0, all.length - keptLines);
    this.#change(id, { lines: all.slice(gone), firstLine: firstLine + gone });
  }

  /** Kept at once and told now and then: thousands of devices may follow each other quickly. */
  #setProgress(id: string, progress: Activity['progress']): void {
    const activity = this.#all.get(id);
    if (activity === undefined) return;
    this.#all.set(id, { ...activity, progress });
    if (this.#untold.has(id)) return;
    const timer = setTimeout(() => this.#change(id, {}), progressEveryMs);
    this.#untold.set(id, timer.unref());
  }

  #change(id: string, patch: Partial<Activity>): void {
    const activity = this.#all.get(id);
    if (activity !== undefined) this.#put({ ...activity, ...patch });
  }

  #put(activity: Activity): void {
    this.#all.set(activity.id, activity);
    clearTimeout(this.#untold.get(activity.id));
    this.#untold.delete(activity.id);
    for (const listener of this.#listeners) listener(activity);
  }

  #forgetOldest(): void {
    for (const [id, activity] of this.#all) {
      if (this.#all.size <= kept) return;
      if (activity.endedAt !== null) this.#all.delete(id);
    }
  }
}
