import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import {
  afterTableEvent,
  type TableEvent,
  type TableQuery,
  type TableWindow,
} from '../../../../shared/cluster/table.ts';
import { type Failure, isAbort, toFailure } from '../../../rpc/failure.ts';
import type { PickMode } from '../../../ui/data-table/table-selection.ts';
import type { ClusterQuery } from './cluster-query.ts';
import { afterWindow, noRowsPicked, type PickedRows, pick, pickAll } from './picked-rows.ts';

/** Which list is shown. */
export interface AskedTable extends ClusterQuery {
  /** Of a cluster, or of an engine. */
  readonly contextId: string;
  readonly kind: string;
}

export interface LiveTableState {
  readonly asked: AskedTable | null;
  /** The rows around those in view; null until they are there. */
  readonly window: TableWindow | null;
  /** Where in the list the window begins. */
  readonly offset: number;
  readonly failure: Failure | null;
  readonly picked: PickedRows;
}

/** The list of a cluster that is shown, of which the host sends what is in view and what changes there. */
export interface LiveTable {
  readonly store: StoreApi<LiveTableState>;
  /** Returns what leaves it. */
  show(asked: AskedTable): () => void;
  /** These rows are in view. */
  ensure(first: number, last: number): void;
  pick(index: number, mode: PickMode): void;
  pickAll(): void;
  clear(): void;
  /** After a new connection, or a failure. */
  again(): void;
}

/** The host's stream of a part of a list. */
export type FollowTable = (
  asked: TableQuery & { readonly contextId: string },
  options: { readonly signal: AbortSignal },
) => Promise<AsyncIterable<TableEvent>>;

/** Rows that are followed: some screens around what is in view. */
const windowSize = 300;
const before = 100;
/** So near to its edge the next part is asked for. */
const edge = 40;
/** Before a stream that ended alone is begun anew. */
const pauseMs = 1_000;

const none: LiveTableState = {
  asked: null,
  window: null,
  offset: 0,
  failure: null,
  picked: noRowsPicked,
};

export function rowOf({ window, offset }: LiveTableState, index: number): ClusterRow | undefined {
  return window?.rows[index - offset];
}

/** Where the keyboard stands by now; null: nowhere. */
export function activeIndex({ window, offset, picked }: LiveTableState): number | null {
  const { active } = picked;
  if (active === null || window === null) return null;
  const at = window.rows.findIndex(({ key }) => key === active.key);
  return at < 0 ? Math.min(active.index, Math.max(0, window.total - 1)) : at + offset;
}

export function createLiveTable(follows: FollowTable, view: Pick<Window, 'setTimeout'>): LiveTable {
  const store = createStore<LiveTableState>(() => none);
  let following: AbortController | null = null;
  /** Rows in view, and the part that is being followed or was asked for. */
  let inView: readonly [number, number] = [0, 0];
  let part = 0;
  let arrived = false;

  async function follow(offset: number): Promise<void> {
    following?.abort();
    const { asked } = store.getState();
    if (asked === null) return;
    const current = new AbortController();
    following = current;
    [part, arrived] = [offset, false];
    const input = {
      ...asked,
      namespaces: [...asked.namespaces],
      levels: [...asked.levels],
      where: [...asked.where],
      offset,
      limit: windowSize,
    };
    try {
      let window: TableWindow | null = null;
      const events = await follows(input, { signal: current.signal });
      for await (const event of events) {
        if (following !== current) return;
        window = afterTableEvent(window, event);
        const isWhole = window !== null && window.total <= window.rows.length;
        const { picked: before } = store.getState();
        const picked = window === null ? before : afterWindow(before, window.rows, isWhole);
        store.setState({ window, offset, failure: null, picked });
        arrived = true;
        // Somebody may have scrolled on meanwhile.
        look();
        if (following !== current) return;
      }
      view.setTimeout(() => following === current && void follow(part), pauseMs);
    } catch (error) {
      if (following !== current || isAbort(error)) return;
      const failure = toFailure(error);
      // The banner tells that nothing answers; the last rows stay under it.
      const keep = failure.code === 'LINK_DOWN' && store.getState().window !== null;
      store.setState(keep ? {} : { failure, window: null });
    }
  }

  function look(): void {
    const { window } = store.getState();
    if (!arrived || window === null) return;
    const [first, last] = inView;
    const end = part + windowSize;
    const low = part > 0 && first < part + edge;
    const high = end < window.total && last > end - edge;
    if (!low && !high) return;
    const next = Math.max(0, Math.min(first - before, window.total - windowSize));
    if (next !== part) void follow(next);
  }

  return {
    store,
    show(asked) {
      const shown = store.getState().asked;
      const same = shown?.contextId === asked.contextId && shown.kind === asked.kind;
      // The same list narrowed otherwise stays until its rows are there: nothing flickers.
      if (same) store.setState({ asked, picked: noRowsPicked, failure: null });
      else {
        [inView, part] = [[0, 0], 0];
        store.setState({ ...none, asked }, true);
      }
      void follow(part);
      return () => {
        if (store.getState().asked !== asked) return;
        following?.abort();
        following = null;
      };
    },
    ensure(first, last) {
      inView = [first, last];
      look();
    },
    pick(index, mode) {
      const { window, offset, picked } = store.getState();
      const part = { rows: window?.rows ?? [], offset };
      store.setState({ picked: pick(picked, part, { index, mode }) });
    },
    pickAll() {
      const { window, picked } = store.getState();
      if (window !== null) store.setState({ picked: pickAll(picked, window.rows) });
    },
    clear: () => store.setState({ picked: noRowsPicked }),
    again() {
      if (store.getState().asked === null || following === null) return;
      store.setState({ failure: null });
      void follow(part);
    },
  };
}
