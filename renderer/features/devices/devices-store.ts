import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import type { ResourcePool } from '../../rpc/resource.ts';
import type { PickMode } from '../../ui/data-table/table-selection.ts';
import { type DeviceFilter, formatFilter, noFilter } from './device-filter.ts';

/** Rows are read in pages as they come into view; the rest of the list is only a number. */
export const pageSize = 100;

export interface DevicesState {
  readonly filter: DeviceFilter;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly DeviceRow[]>;
  readonly selected: ReadonlySet<string>;
  /** The selection is the row that the cursor stands on, and moves with it; no box is ticked. */
  readonly follows: boolean;
  /** Row that the keyboard stands on, and the one that a range starts from. */
  readonly active: number | null;
  readonly anchor: number | null;
}

export interface DevicesStore {
  readonly store: StoreApi<DevicesState>;
  /** Says that the table is shown; it is read again when the inventory changes. */
  retain(): () => void;
  setFilter(filter: DeviceFilter): void;
  /** Reads the pages that hold these rows, unless they are there. */
  ensure(first: number, last: number): void;
  reload(): Promise<void>;
  pick(index: number, mode: PickMode): Promise<void>;
  selectAll(): Promise<void>;
  clearSelection(): void;
}

export function rowAt(state: DevicesState, index: number): DeviceRow | undefined {
  return state.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

const empty: DevicesState = {
  filter: noFilter,
  status: 'loading',
  failure: null,
  total: 0,
  pages: new Map(),
  selected: new Set(),
  follows: true,
  active: null,
  anchor: null,
};

const unselected = { selected: new Set<string>(), follows: true, active: null, anchor: null };

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, n) => from + n);
}

function picked(state: DevicesState, id: string, mode: PickMode): ReadonlySet<string> {
  // Rows that were ticked stay so while the cursor moves on.
  if (mode === 'move' && !state.follows) return state.selected;
  if (mode !== 'toggle' && mode !== 'tick') return new Set([id]);
  // A row that only the cursor stands on has no tick to keep.
  const next = new Set(mode === 'tick' && state.follows ? [] : state.selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
}

export function createDevicesStore({ client, pool }: Needs): DevicesStore {
  const store = createStore<DevicesState>(() => empty);
  /** Each new filter and each reload starts a generation; answers to an older one are dropped. */
  let generation = new AbortController();
  let loading = new Set<number>();
  let inView: readonly number[] = [0];
  let users = 0;
  let fresh = false;

  function query(filter: DeviceFilter) {
    return { ...filter, kinds: [...filter.kinds], statuses: [...filter.statuses] };
  }

  function fail(error: unknown): void {
    if (isAbort(error)) return;
    fresh = false;
    const failure = toFailure(error);
    // The banner tells that nothing answers; the last list stays under it.
    if (failure.code === 'LINK_DOWN' && store.getState().status === 'ready') return;
    store.setState({ status: 'failed', failure });
  }

  async function loadPage(page: number, current: AbortController): Promise<void> {
    loading.add(page);
    try {
      const answer = await client.devices.list(
        { ...query(store.getState().filter), offset: page * pageSize, limit: pageSize },
        { signal: current.signal },
      );
      if (current !== generation) return;
      store.setState(({ pages }) => ({
        status: 'ready',
        failure: null,
        total: answer.total,
        pages: new Map(pages).set(page, answer.rows),
      }));
    } catch (error) {
      if (current === generation) fail(error);
    } finally {
      if (current === generation) loading.delete(page);
    }
  }

  /** Reads what is in view anew and only then drops the old rows, so that nothing flickers. */
  async function reload(): Promise<void> {
    generation.abort();
    const current = new AbortController();
    generation = current;
    loading = new Set(inView);
    fresh = true;
    const { filter } = store.getState();
    try {
      const answers = await Promise.all(
        inView.map(async (page) => {
          const input = { ...query(filter), offset: page * pageSize, limit: pageSize };
          return { page, ...(await client.devices.list(input, { signal: current.signal })) };
        }),
      );
      if (current !== generation) return;
      store.setState({
        status: 'ready',
        failure: null,
        total: answers[0]?.total ?? 0,
        pages: new Map(answers.map(({ page, rows }) => [page, rows])),
      });
    } catch (error) {
      if (current === generation) fail(error);
    } finally {
      if (current === generation) {
        loading = new Set();
        // Somebody may have scrolled on meanwhile, to rows that went with the old ones.
        loadMissing();
      }
    }
  }

  function loadMissing(): void {
    const { pages, status } = store.getState();
    if (status !== 'ready' || !fresh) return;
    for (const page of inView) {
      if (!pages.has(page) && !loading.has(page)) void loadPage(page, generation);
    }
  }

  /** Null where not all of them could be read, or the list has become another meanwhile. */
  async function idsBetween(from: number, to: number): Promise<string[] | null> {
    const [first, last] = from < to ? [from, to] : [to, from];
    const current = generation;
    const missing = pagesOf(first, last).filter((page) => !store.getState().pages.has(page));
    await Promise.all(missing.map((page) => loadPage(page, current)));
    const state = store.getState();
    const places = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    const ids = places.flatMap((place) => rowAt(state, place)?.id ?? []);
    return current === generation && ids.length === places.length ? ids : null;
  }

  pool.onInvalidate(() => {
    fresh = false;
    if (users > 0) void reload();
  });

  return {
    store,
    reload,
    retain() {
      users += 1;
      if (!fresh) void reload();
      return () => {
        users -= 1;
      };
    },
    setFilter(filter) {
      if (formatFilter(filter) === formatFilter(store.getState().filter)) return;
      inView = [0];
      store.setState({ filter, ...unselected });
      void reload();
    },
    ensure(first, last) {
      inView = pagesOf(first, last);
      loadMissing();
    },
    async pick(index, mode) {
      const { anchor } = store.getState();
      if (mode === 'range' && anchor !== null) {
        store.setState({ active: index });
        const ids = await idsBetween(anchor, index);
        // A part of the range would look like the whole of it, and be deleted for it.
        if (ids === null) return;
        store.setState({ selected: new Set(ids), follows: false, active: index });
        return;
      }
      const state = store.getState();
      const id = rowAt(state, index)?.id;
      const selected = id === undefined ? new Set<string>() : picked(state, id, mode);
      const follows = mode === 'only' || (mode === 'move' && state.follows) || selected.size === 0;
      store.setState({ active: index, anchor: index, selected, follows });
    },
    async selectAll() {
      const { filter } = store.getState();
      try {
        const answer = await client.devices.list({ ...query(filter), offset: 0, limit: 20_000 });
        // What is out of sight by now must not be selected.
        if (store.getState().filter !== filter) return;
        store.setState({ selected: new Set(answer.rows.map((row) => row.id)), follows: false });
      } catch (error) {
        fail(error);
      }
    },
    clearSelection: () => store.setState(unselected),
  };
}
