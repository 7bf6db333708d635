import { setImmediate } from 'node:timers/promises';
import type { ClusterKind, ClusterLook } from '../../../../shared/cluster/kind.ts';
import { type Entry, heldEntry, type ReadEntry, readAgain } from './entry.ts';

/** Milliseconds at a stretch; then whatever else waits has its turn. */
const sliceMs = 8;
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
    return this.#entries.values();
  }

  get(key: string): Entry | undefined {
    return this.#entries.get(key);
  }

  /** A list begins; what it does not bring is gone by `endList`. */
  beginList(): number {
    this.#round += 1;
    return this.#round;
  }

  async putPage(items: readonly ReadEntry[], round: number): Promise<void> {
    let began = performance.now();
    for (const item of items) {
      this.#put(item, round);
      if (performance.now() - began < sliceMs) continue;
      await setImmediate();
      began = performance.now();
    }
    this.#changed();
  }

  /** `namespace`: only of this one were they listed; null: of all. */
  endList(round: number, namespace: string | null): void {
    for (const [key, entry] of this.#entries) {
      if (entry.round >= round) continue;
      if (namespace === null || entry.row.namespace === namespace) this.#drop(key);
    }
    this.#changed();
  }

  put(item: ReadEntry): void {
    this.#put(item, this.#round);
    this.#changed();
  }

  delete({ row }: ReadEntry): void {
    if (!this.#drop(row.key)) this.left = Math.max(0, this.left - 1);
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

  #put(item: ReadEntry, round: number): void {
    const { look, now } = this.#options;
    const { kind } = this;
    const alone = heldEntry(item, round);
    const entry = item.unsettled ? readAgain(alone, { kind, look, now: now() }) : alone;
    const { key } = entry.row;
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
