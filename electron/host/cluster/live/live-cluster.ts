import { setTimeout as wait } from 'node:timers/promises';
import type { ClusterKind, ClusterLook } from '../../../../shared/cluster/kind.ts';
import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import type { TableQuery, TableWindow } from '../../../../shared/cluster/table.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import { tableOf } from '../../live-table/index.ts';
import { createLook } from './cluster-look.ts';
import { type Entry, filledRow, searchedWords } from './entry.ts';
import type { EntryReaders } from './entry-reader.ts';
import { HeldKind } from './held-kind.ts';
import { KindBook } from './kind-book.ts';
import { Metrics } from './metrics.ts';
import { WatchedKind } from './watched-kind.ts';

export interface LiveClusterOptions {
  readonly client: () => Promise<KubeClient>;
  readonly readers: EntryReaders;
  readonly now?: () => number;
  readonly report: (error: unknown) => void;
  /** Milliseconds after which a kind that nobody looks at is let go. */
  readonly idleMs?: number;
  /** How often what rests on the clock or on others is read again. */
  readonly settleMs?: number;
}

const idleMs = 90_000;
const settleMs = 5_000;
/** After what they rest on changed; many such changes come together. */
const soonMs = 1_000;
/** Of events, the newest. */
const mostEvents = { count: 10_000, by: 'last' };

type Listener = (kind: string) => void;

/** One cluster as it is: kinds that somebody looks at, kept up to date. */
export class LiveCluster {
  readonly kinds: KindBook;
  readonly look: ClusterLook;
  readonly client: () => Promise<KubeClient>;
  readonly now: () => number;
  readonly #options: LiveClusterOptions;
  readonly #watched = new Map<string, WatchedKind>();
  readonly #listeners = new Set<Listener>();
  readonly #metrics: Metrics;
  readonly #tending: NodeJS.Timeout;
  #revision = 0;
  #measured = 0;
  #settling = false;
  /** Kinds whose rows may read differently, since what they rest on changed. */
  readonly #unsettled = new Set<string>();
  #soon: NodeJS.Timeout | undefined;

  constructor(options: LiveClusterOptions) {
    const { client, now = Date.now } = options;
    this.#options = options;
    this.client = client;
    this.now = now;
    this.kinds = new KindBook({ client, now });
    const onChange = () => {
      this.#measured = this.#count();
      this.#tell('metrics');
    };
    this.#metrics = new Metrics({ client, now, onChange });
    this.look = createLook((kind) => this.#watched.get(kind), this.#metrics);
    this.#tending = setInterval(() => void this.#tend(), options.settleMs ?? settleMs).unref();
  }

  /** Begins to follow a kind, and those that its rows rest on, or goes on for a while. */
  open(kind: ClusterKind, namespaces: readonly string[] = []): WatchedKind {
    for (const id of kind.needs ?? []) {
      const needed = clusterKind(id);
      if (needed !== undefined) this.#open(needed).look([]);
    }
    if (kind.id === 'nodes' || kind.id === 'pods') this.#metrics.look(kind.id);
    const watched = this.#open(kind);
    watched.look(namespaces);
    return watched;
  }

  /** Of what is being followed; looking does not open it. */
  watched(kind: string): WatchedKind | undefined {
    return this.#watched.get(kind);
  }

  rowOf(kind: ClusterKind): (entry: Entry) => ReturnType<typeof filledRow> {
    const stamp = this.#stampOf(kind);
    return (entry) => filledRow(entry, { kind, look: this.look, stamp });
  }

  /** What a query finds by now. */
  window(kind: ClusterKind, query: TableQuery): TableWindow {
    const watched = this.open(kind, query.namespaces);
    const { held } = watched;
    const source = { entries: held.entries(), rowOf: this.rowOf(kind), wordsOf: searchedWords };
    const { rows, levels } = tableOf(source, query);
    return {
      columns: kind.columns,
      rows: rows.slice(query.offset, query.offset + query.limit),
      total: rows.length,
      held: held.size,
      levels,
      standing: watched.standing(query.namespaces),
      left: held.left,
      revision: Math.max(held.revision, this.#stampOf(kind)),
    };
  }

  /** Called with the id of each kind that changed, `metrics` where usage was measured. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Until a kind and what it rests on were heard, or that long. */
  async settled(
    kind: ClusterKind,
    namespaces: readonly string[],
    signal: AbortSignal,
  ): Promise<void> {
    const isLoading = () => {
      const others = (kind.needs ?? []).map((id) => this.#watched.get(id)?.standing([]));
      const all = [this.open(kind, namespaces).standing(namespaces), ...others];
      return all.some((standing) => standing?.state === 'loading');
    };
    while (isLoading() && !signal.aborted) await this.#next(signal);
    await this.#settle(kind.id);
  }

  close(): void {
    clearInterval(this.#tending);
    clearTimeout(this.#soon);
    for (const watched of this.#watched.values()) watched.close();
    this.#watched.clear();
    this.#metrics.close();
    this.kinds.close();
  }

  get isIdle(): boolean {
    return this.#watched.size === 0 && this.#listeners.size === 0;
  }

  #open(kind: ClusterKind): WatchedKind {
    const known = this.#watched.get(kind.id);
    if (known !== undefined) return known;
    const held = new HeldKind({
      kind,
      look: this.look,
      now: this.now,
      count: () => this.#count(),
      ...(kind.id === 'events' && { most: mostEvents }),
    });
    const watched = new WatchedKind({
      held,
      client: this.client,
      reader: this.#options.readers.of(kind),
      type: () => this.kinds.typeOf(kind),
      now: this.now,
      onChange: () => this.#tell(kind.id),
    });
    this.#watched.set(kind.id, watched);
    return watched;
  }

  #stampOf(kind: ClusterKind): number {
    const others = (kind.needs ?? []).map((id) => this.#watched.get(id)?.held.revision ?? 0);
    return Math.max(0, this.#measured, ...others);
  }

  #count(): number {
    this.#revision += 1;
    return this.#revision;
  }

  #tell(kind: string): void {
    for (const listener of this.#listeners) listener(kind);
    for (const [id, { held }] of this.#watched) {
      if (held.kind.needs?.includes(kind)) this.#unsettled.add(id);
    }
    if (this.#unsettled.size > 0)
      this.#soon ??= setTimeout(() => void this.#settleSoon(), soonMs).unref();
  }

  async #settleSoon(): Promise<void> {
    const ids = [...this.#unsettled];
    this.#unsettled.clear();
    try {
      for (const id of ids) await this.#settle(id);
    } catch (error) {
      this.#options.report(error);
    } finally {
      this.#soon = undefined;
    }
  }

  /** Until anything changes. */
  async #next(signal: AbortSignal): Promise<void> {
    const heard = new AbortController();
    const leave = this.subscribe(() => heard.abort());
    const either = AbortSignal.any([signal, heard.signal]);
    await wait(1_000, undefined, { signal: either }).catch(() => {});
    leave();
  }

  /** What nobody looks at is let go; of the rest, what rests on others is read again. */
  async #tend(): Promise<void> {
    if (this.#settling) return;
    this.#settling = true;
    try {
      const before = this.now() - (this.#options.idleMs ?? idleMs);
      for (const [id, watched] of this.#watched) {
        if (watched.lookedAt >= before) await this.#settle(id);
        else {
          watched.close();
          this.#watched.delete(id);
        }
      }
    } catch (error) {
      this.#options.report(error);
    } finally {
      this.#settling = false;
    }
  }

  async #settle(id: string): Promise<void> {
    const changed = await this.#watched.get(id)?.held.settle();
    if (changed) this.#tell(id);
  }
}
