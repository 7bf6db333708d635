import { vi } from 'vitest';
import {
  afterTableEvent,
  type TableEvent,
  type TableQuery,
  type TableWindow,
  tableQuery,
} from '../../../../../shared/cluster/table.ts';
import { readersHere } from '../entry-reader.ts';
import { createLive, type Live } from '../live.ts';
import { FakeCluster } from './fake-cluster.ts';

type Query = Partial<TableQuery> & { readonly kind: string };

const asked = (query: Query) => ({ contextId: 'home', ...tableQuery.parse(query) });

/** The live view of a cluster in memory, and what a window does with it. */
export class LiveBed {
  readonly cluster = new FakeCluster();
  readonly live: Live;
  readonly #leave = new AbortController();

  constructor() {
    this.live = createLive({
      clientOf: () => Promise.resolve(this.cluster.client),
      readers: readersHere(),
      report: (error) => {
        throw error;
      },
    });
  }

  get signal(): AbortSignal {
    return this.#leave.signal;
  }

  list(query: Query): Promise<TableWindow> {
    return this.live.list(asked(query), this.signal);
  }

  /** A window that is followed, as a client holds it. */
  follow(query: Query) {
    const events: TableEvent[] = [];
    let window: TableWindow | null = null;
    const run = async () => {
      for await (const event of this.live.follow(asked(query), this.signal)) {
        events.push(event);
        window = afterTableEvent(window, event);
      }
    };
    void run();
    const until = (check: (window: TableWindow) => void) =>
      vi.waitFor(
        () => {
          if (window === null) throw new Error('nothing yet');
          check(window);
        },
        { timeout: 8_000, interval: 20 },
      );
    return { events, until };
  }

  close(): void {
    this.#leave.abort();
    void this.live.close();
  }
}

export const names = ({ rows }: TableWindow): string[] => rows.map(({ name }) => name);

interface PodParts {
  readonly node?: string;
  readonly labels?: object;
  readonly spec?: object;
  readonly status?: object;
}

export const pod = (name: string, { node = 'pi-1', labels = {}, spec, status }: PodParts = {}) => ({
  metadata: { name, namespace: 'web', labels },
  spec: {
    nodeName: node,
    containers: [
      { name: 'app', image: 'app:1', resources: { requests: { cpu: '250m', memory: '64Mi' } } },
    ],
    ...spec,
  },
  status: {
    phase: 'Running',
    startTime: '2026-11-30T10:00:01Z',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: {} } }],
    ...status,
  },
});

export const node = (name: string, ready = 'True') => ({
  metadata: { name },
  status: {
    conditions: [{ type: 'Ready', status: ready }],
    allocatable: { cpu: '4', memory: '8Gi' },
  },
});
