import { v7 as uuidv7 } from 'uuid';
import type { Activity } from '../../../shared/contract/system.ts';

const kept = 50;
const keptLines = 200;

/** One running piece of work, as its owner reports on it. */
export interface ActivityHandle {
  readonly id: string;
  line(text: string): void;
  waiting(): void;
  running(): void;
  end(state: 'done' | 'failed' | 'cancelled', text?: string): void;
}

/** What runs and ran since the start; told to every window. Nothing here outlives the process. */
export class Activities {
  readonly #all = new Map<string, Activity>();
  readonly #listeners = new Set<(activity: Activity) => void>();
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

  start(title: string, deviceId: string | null = null): ActivityHandle {
    const id = uuidv7();
    this.#put({
      id,
      title,
      state: 'running',
      startedAt: this.#now(),
      endedAt: null,
      lines: [],
      deviceId,
    });
    this.#forgetOldest();
    return {
      id,
      line: (text) => this.#addLine(id, text),
      waiting: () => this.#change(id, { state: 'waiting' }),
      running: () => this.#change(id, { state: 'running' }),
      end: (state, text) => {
        if (text !== undefined) this.#addLine(id, text);
        this.#change(id, { state, endedAt: this.#now() });
      },
    };
  }

  #addLine(id: string, text: string): void {
    const lines = this.#all.get(id)?.lines ?? [];
    this.#change(id, { lines: [...lines, { at: this.#now(), text }].slice(-keptLines) });
  }

  #change(id: string, patch: Partial<Activity>): void {
    const activity = this.#all.get(id);
    if (activity !== undefined) this.#put({ ...activity, ...patch });
  }

  #put(activity: Activity): void {
    this.#all.set(activity.id, activity);
    for (const listener of this.#listeners) listener(activity);
  }

  #forgetOldest(): void {
    for (const [id, activity] of this.#all) {
      if (this.#all.size <= kept) return;
      if (activity.endedAt !== null) this.#all.delete(id);
    }
  }
}
