import { createStore, type StoreApi } from 'zustand/vanilla';
import type { PickMode } from '../ui/data-table/table-selection.ts';
import { type Failure, isAbort, toFailure } from './failure.ts';
import type { ResourcePool } from './resource.ts';

/** Rows are read in pages as they come into view; the rest of the list is only a number. */
export const pageSize = 100;

export interface PagedState<Row, Filter> {
  readonly filter: Filter;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly total: number;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  readonly selected: ReadonlySet<string>;
  /** The selection is the row that the cursor stands on, and moves with it; no box is ticked. */
  readonly follows: boolean;
  /** Row that the keyboard stands on, and the one that a range starts from. */
  readonly active: number | null;
  readonly anchor: number | null;
}

/** A list of any length that is sorted and filtered by the host, with what is selected in it. */
export interface PagedTable<Row, Filter> {
  readonly store: StoreApi<PagedState<Row, Filter>>;
  /** Says that the table is shown; it is read again when the inventory changes. */
  retain(): () => void;
  setFilter(filter: Filter): void;
  /** Reads the pages that hold these rows, unless they are there. */
  ensure(first: number, last: number): void;
  reload(): Promise<void>;
  pick(index: number, mode: PickMode): Promise<void>;
  selectAll(): Promise<void>;
  clearSelection(): void;
}

export function rowAt<Row>(state: PagedState<Row, unknown>, index: number): Row | undefined {
  return state.pages.get(Math.floor(index / pageSize))?.[index % pageSize];
}

interface Part {
  readonly offset: number;
  readonly limit: number;
}

export interface PagedSource<Row, Filter> {
  readonly pool: Pick<ResourcePool, 'onInvalidate'>;
  readonly filter: Filter;
  /** Two filters that are formatted alike show the same list. */
  readonly format: (filter: Filter) => string;
  readonly list: (
    filter: Filter,
    part: Part,
    signal?: AbortSignal,
  ) => Promise<{ readonly rows: readonly Row[]; readonly total: number }>;
  /** Of all rows, however many; at most as many as one change may take. */
  readonly allIds: (filter: Filter) => Promise<readonly string[]>;
}

const unselected = { selected: new Set<string>(), follows: true, active: null, anchor: null };

function pagesOf(first: number, last: number): number[] {
  const from = Math.floor(first / pageSize);
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, n) => from + n);
}

type Selection = Pick<PagedState<unknown, unknown>, 'selected' | 'follows'>;

function picked(state: Selection, id: string, mode: PickMode): ReadonlySet<string> {
  // Rows that were ticked stay so while the cursor moves on.
  if (mode === 'move' && !state.follows) return state.selected;
  if (mode !== 'toggle' && mode !== 'tick') return new Set([id]);
  // A row that only the cursor stands on has no tick to keep.
  const next = new Set(mode === 'tick' && state.follows ? [] : state.selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

export function createPagedTable<Row extends { readonly id: string }, Filter>(
  source: PagedSource<Row, Filter>,
): PagedTable<Row, Filter> {
  const { format, list, pool } = source;
  const store = createStore<PagedState<Row, Filter>>(() => ({
    filter: source.filter,
    status: 'loading',
    failure: null,
    total: 0,
    pages: new Map(),
    ...unselected,
  }));
  /** Each new filter and each reload starts a generation; answers to an older one are dropped. */
  let generation = new AbortController();
  let loading = new Set<number>();
  let inView: readonly number[] = [0];
  let users = 0;
  let fresh = false;

  const partOf = (page: number): Part => ({ offset: page * pageSize, limit: pageSize });

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
      const { rows, total } = await list(store.getState().filter, partOf(page), current.signal);
      if (current !== generation) return;
      store.setState(({ pages }) => ({
        status: 'ready',
        failure: null,
        total,
        pages: new Map(pages).set(page, rows),
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
        inView.map(async (page) => ({
          page,
          ...(await list(filter, partOf(page), current.signal)),
        })),
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

  async function pickRange(anchor: number, index: number): Promise<void> {
    store.setState({ active: index });
    const ids = await idsBetween(anchor, index);
    // A part of the range would look like the whole of it, and be deleted for it.
    if (ids === null) return;
    store.setState({ selected: new Set(ids), follows: false, active: index });
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
      if (format(filter) === format(store.getState().filter)) return;
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
      if (mode === 'range' && anchor !== null) return pickRange(anchor, index);
      const state = store.getState();
      const id = rowAt(state, index)?.id;
      const selected = id === undefined ? new Set<string>() : picked(state, id, mode);
      const follows = mode === 'only' || (mode === 'move' && state.follows) || selected.size === 0;
      store.setState({ active: index, anchor: index, selected, follows });
    },
    async selectAll() {
      const { filter } = store.getState();
      try {
        const ids = await source.allIds(filter);
        // What is out of sight by now must not be selected.
        if (store.getState().filter !== filter) return;
        store.setState({ selected: new Set(ids), follows: false });
      } catch (error) {
        fail(error);
      }
    },
    clearSelection: () => store.setState(unselected),
  };
}
