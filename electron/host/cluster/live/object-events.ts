import { events } from '../../../../shared/cluster/kinds/events.ts';
import { readObject } from '../../../../shared/cluster/read-object.ts';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { LiveCluster } from './live-cluster.ts';

const mostShown = 100;
/** An event that is told again and again keeps its name; so many say nothing more. */
const mostRead = 500;
const freshMs = 5_000;

export interface ObjectEvents {
  /** Newest first. */
  readonly rows: ClusterRow[];
  readonly total: number;
}

interface Subject {
  readonly uid: string;
  readonly namespace: string | null;
}

/**
 * The events of one object, asked for by its uid: to hold all events of a large cluster for one page
 * would take more than all its pods. Null where this user may not read them.
 */
export class EventsOf {
  readonly #cluster: LiveCluster;
  readonly #subject: Subject;
  readonly #signal: AbortSignal;
  #readAt = 0;
  #last: ObjectEvents | null = null;

  constructor(cluster: LiveCluster, subject: Subject, signal: AbortSignal) {
    this.#cluster = cluster;
    this.#subject = subject;
    this.#signal = signal;
  }

  /** As they were last read where the API does not answer. */
  async read(): Promise<ObjectEvents | null> {
    const { now } = this.#cluster;
    if (now() - this.#readAt < freshMs) return this.#last;
    this.#readAt = now();
    try {
      this.#last = await this.#ask();
    } catch (error) {
      if (!(error instanceof RackhelmError)) throw error;
      if (error.code === 'KUBE_FORBIDDEN') this.#last = null;
    }
    return this.#last;
  }

  async #ask(): Promise<ObjectEvents> {
    const { uid, namespace } = this.#subject;
    const type = await this.#cluster.kinds.typeOf(events);
    if (type === null || uid === '') return { rows: [], total: 0 };
    const client = await this.#cluster.client();
    const { look, now } = this.#cluster;
    const rows: ClusterRow[] = [];
    const query = {
      fieldSelector: `involvedObject.uid=${uid}`,
      limit: mostRead,
      signal: this.#signal,
      ...(namespace !== null && { namespace }),
    };
    for await (const { items } of client.list(type, query)) {
      for (const item of items) {
        const read = readObject(events, item, { look, now: now() });
        if (read !== null) rows.push(read.row);
      }
      if (rows.length >= mostRead) break;
    }
    rows.sort((a, b) => Number(b.cells.last ?? 0) - Number(a.cells.last ?? 0));
    return { rows: rows.slice(0, mostShown), total: rows.length };
  }
}
