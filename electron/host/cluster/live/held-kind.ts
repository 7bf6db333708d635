import { setImmediate } from 'node:timers/promises';
import type { ClusterKind, ClusterLook } from '../../../../shared/cluster/kind.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { keyOf } from '../../../../shared/cluster/metadata.ts';
import { type Entry, makeEntry, readAgain } from './entry.ts';

/** Milliseconds at a stretch; then whatever else waits has its turn. */
const sliceMs = 8;
/** Changes that may wait to be read: an object that changes all the time is read once for all of them. */
const mostWaiting = 60;
/** Characters of JSON of one kind; rows beyond are held without. */
const mostText = 64 * 1024 * 1024;

export interface HeldOptions {
  readonly kind: ClusterKind;
  readonly look: ClusterLook;
  /** Counts all changes of the cluster, so that the newest of several kinds is the largest. */
  readonly count: () => number;
  readonly now: () => number;
  /** At the most so many; of more, the newest by this cell. */
  readonly most?: { readonly count: number; readonly by: string };
}

/** The objects of one kind as they were last heard of. */
export class HeldKind {
  readonly kind: ClusterKind;
  /** Of the last change. */
  revision = 0;
  /** Of those dropped for being too many. */
  left = 0;
  readonly #options: HeldOptions;
  readonly #entries = new Map<string, Entry>();
  /** Told, and not read yet. */
  readonly #waiting = new Map<string, KubeObject>();
  #text = 0;
  #round = 0;

  constructor(options: HeldOptions) {
    this.kind = options.kind;
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  entries(): Iterable<Entry> {
    this.#read();
    return this.#entries.values();
  }

  get(key: string): Entry | undefined {
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) this.#take(key, waiting);
    return this.#entries.get(key);
  }

  /** A list begins; what it does not bring is gone by `endList`. */
  beginList(): number {
    this.#round += 1;
    return this.#round;
  }

  async putPage(items: readonly KubeObject[], round: number): Promise<void> {
    let began = performance.now();
    for (const item of items) {
      const key = keyOfObject(item);
      this.#waiting.delete(key);
      this.#put(key, item, round);
      if (performance.now() - began < sliceMs) continue;
      await setImmediate();
      began = performance.now();
    }
    this.#changed();
  }

  /** `namespace`: only of this one were they listed; null: of all. */
  endList(round: number, namespace: string | null): void {
    this.#read();
    for (const [key, entry] of this.#entries) {
      if (entry.round >= round) continue;
      if (namespace === null || entry.row.namespace === namespace) this.#drop(key);
    }
    this.#changed();
  }

  put(object: KubeObject): void {
    this.#waiting.set(keyOfObject(object), object);
    if (this.#waiting.size > mostWaiting) this.#read();
    this.#changed();
  }

  delete(object: KubeObject): void {
    const key = keyOfObject(object);
    this.#waiting.delete(key);
    if (!this.#drop(key)) this.left = Math.max(0, this.left - 1);
    this.#changed();
  }

  /** Reads those again whose status rests on others or on the clock. True where any reads differently. */
  async settle(): Promise<boolean> {
    let began = performance.now();
    let changed = false;
    const { look, now } = this.#options;
    for (const [key, entry] of this.#entries) {
      if (!entry.unsettled) continue;
      const again = readAgain(entry, { kind: this.kind, look, now: now() });
      // It may have been replaced while others had their turn.
      if (again !== entry && this.#entries.get(key) === entry) {
        this.#entries.set(key, again);
        changed = true;
      }
      if (performance.now() - began < sliceMs) continue;
      await setImmediate();
      began = performance.now();
    }
    if (changed) this.#changed();
    return changed;
  }

  #read(): void {
    for (const [key, object] of this.#waiting) this.#take(key, object);
  }

  #take(key: string, object: KubeObject): void {
    this.#waiting.delete(key);
    this.#put(key, object, this.#round);
  }

  #put(key: string, object: KubeObject, round: number): void {
    const { look, now } = this.#options;
    const entry = makeEntry(object, { kind: this.kind, look, now: now(), round });
    if (entry === null) return;
    const before = this.#entries.get(key);
    this.#text += (entry.kept.text?.length ?? 0) - (before?.kept.text?.length ?? 0);
    if (this.#text <= mostText) this.#entries.set(key, entry);
    else {
      this.#text -= entry.kept.text?.length ?? 0;
      this.#entries.set(key, { ...entry, kept: { text: null, cut: true } });
    }
    this.#bound();
  }

  #drop(key: string): boolean {
    this.#text -= this.#entries.get(key)?.kept.text?.length ?? 0;
    return this.#entries.delete(key);
  }

  #bound(): void {
    const { most } = this.#options;
    // Some at a time, since finding the oldest takes a look at all.
    if (most === undefined || this.#entries.size <= most.count * 1.2) return;
    const ageOf = ({ row }: Entry) => Number(row.cells[most.by] ?? 0);
    const oldest = [...this.#entries].sort(([, a], [, b]) => ageOf(a) - ageOf(b));
    const over = this.#entries.size - most.count;
    for (const [key] of oldest.slice(0, over)) this.#drop(key);
    this.left += over;
  }

  #changed(): void {
    this.revision = this.#options.count();
  }
}

function keyOfObject({ metadata }: KubeObject): string {
  return keyOf({ namespace: metadata.namespace ?? null, name: metadata.name });
}
