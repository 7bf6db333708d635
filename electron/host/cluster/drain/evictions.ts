import { setTimeout as pause } from 'node:timers/promises';
import type { PlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { said } from '../../../../shared/cluster/status.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { refusalOf, refusalText } from './refusal.ts';

/** As kubectl waits. */
const againMs = 5_000;
const atOnce = 20;

export interface EvictionsOptions {
  readonly client: Pick<KubeClient, 'evict'>;
  readonly graceSeconds: number | null;
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
  /** Called where it is settled that a pod will not go. */
  readonly onFailed: () => void;
  readonly againMs?: number;
}

interface Eviction {
  pod: PlacedPod;
  /** In words, what it waits for; null: it was told to go. */
  waits: string | null;
  failed: boolean;
}

/** Pods that have to go, each told to until it is on its way. */
export class Evictions {
  readonly #options: EvictionsOptions;
  readonly #here = new Map<string, Eviction>();
  readonly #waiting: (() => void)[] = [];
  #busy = 0;
  #gone = 0;

  constructor(options: EvictionsOptions) {
    this.#options = options;
  }

  get gone(): number {
    return this.#gone;
  }

  get left(): number {
    return this.#here.size;
  }

  /** Whether only such are left that will not go. */
  get isStuck(): boolean {
    const all = [...this.#here.values()];
    return all.length > 0 && all.every(({ failed }) => failed);
  }

  /** Until when all that are left should have ended, UTC milliseconds; null: some were not told to. */
  get dueBy(): number | null {
    const due = [...this.#here.values()].map(({ pod }) => pod.deletedAt);
    return due.every((at) => at !== null) ? Math.max(...due) : null;
  }

  has(uid: string): boolean {
    return this.#here.has(uid);
  }

  uids(): string[] {
    return [...this.#here.keys()];
  }

  /** A pod that has to go, or how it stands by now. */
  put(pod: PlacedPod): void {
    const known = this.#here.get(pod.uid);
    if (known !== undefined) {
      known.pod = pod;
      return;
    }
    const eviction: Eviction = { pod, waits: null, failed: false };
    this.#here.set(pod.uid, eviction);
    if (pod.deletedAt === null) void this.#evict(eviction);
  }

  delete(uid: string): void {
    const known = this.#here.get(uid);
    if (known === undefined) return;
    this.#here.delete(uid);
    this.#gone += 1;
    this.#options.log(`${shown(known.pod)} has ended.`);
  }

  /** Who is left and why, in words. */
  leftText(most = 10): string {
    const all = [...this.#here.values()];
    const told = all
      .slice(0, most)
      .map(({ pod, waits }) => `${shown(pod)} ${waits ?? 'has not ended'}`);
    const more = all.length - told.length;
    return `${told.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
  }

  async #evict(eviction: Eviction): Promise<void> {
    const { signal, log, onFailed, againMs: wait = againMs } = this.#options;
    const { uid } = eviction.pod;
    while (this.#here.has(uid) && eviction.pod.deletedAt === null && !signal.aborted) {
      const refused = await this.#tryOnce(eviction.pod);
      if (refused === null || signal.aborted) {
        eviction.waits = null;
        return;
      }
      const refusal = refusalOf(refused);
      if (refusal === 'gone') {
        this.delete(uid);
        onFailed();
        return;
      }
      const text = `${refusal === 'failed' ? 'cannot be evicted' : 'waits'}: ${said(refusalText(refused))}`;
      if (eviction.waits !== text) log(`${shown(eviction.pod)} ${text}.`);
      eviction.waits = text;
      if (refusal === 'failed') {
        eviction.failed = true;
        onFailed();
        return;
      }
      await pause(wait, undefined, { signal }).catch(() => {});
    }
  }

  /** What the API refused it with; null: it did not. */
  async #tryOnce({ namespace, name, uid }: PlacedPod): Promise<unknown> {
    const { client, graceSeconds, signal } = this.#options;
    const grace = graceSeconds === null ? {} : { gracePeriodSeconds: graceSeconds };
    await this.#turn();
    try {
      await client.evict({ namespace, name }, { uid, signal, ...grace });
      return null;
    } catch (error) {
      return error;
    } finally {
      this.#busy -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#busy >= atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy += 1;
  }
}

export function shown({ namespace, name }: Pick<PlacedPod, 'namespace' | 'name'>): string {
  return said(`${namespace}/${name}`);
}
