import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type {
  LogSource,
  PodLogEvent,
  PodLogLine,
} from '../../../../../shared/cluster/pods/pod-log.ts';
import { type Failure, isAbort, toFailure } from '../../../../rpc/failure.ts';
import {
  appended,
  type LogEntry,
  mostLines,
  prepended,
} from '../../../../ui/log-view/log-entries.ts';

/** What is looked at. */
export interface AskedLog extends ObjectName {
  readonly contextId: string;
  /** Empty: all. */
  readonly containers: readonly string[];
  readonly previous: boolean;
}

export interface PodLogState {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly search: string;
  readonly entries: readonly LogEntry[];
  /** Whether some before the first one are held by the host. */
  readonly earlier: boolean;
  /** By index; also those that are gone, for their lines are there still. */
  readonly sources: ReadonlyMap<number, LogSource>;
  readonly more: number;
  readonly paused: boolean;
  /** Lines that came while it was paused. */
  readonly missed: number;
  /** Nothing more will come. */
  readonly ended: boolean;
}

/** The log that is open. */
export interface PodLogStore {
  readonly store: StoreApi<PodLogState>;
  /** Returns what leaves it. */
  open(asked: AskedLog): () => void;
  search(text: string): void;
  /** What comes meanwhile is held by the host. */
  pause(): void;
  goOn(): void;
  readEarlier(): Promise<void>;
  /** After a failure or a new connection. */
  again(): void;
  /** All that the host holds, oldest first. */
  readAll(): AsyncGenerator<readonly PodLogLine[], void, void>;
}

/** How the host is asked. */
export interface LogCalls {
  follow(
    asked: AskedLog & { readonly id: string; readonly search: string },
    options: { readonly signal: AbortSignal },
  ): Promise<AsyncIterable<PodLogEvent>>;
  read(
    asked: {
      readonly id: string;
      readonly before: number | null;
      readonly search: string;
      readonly limit: number;
    },
    options?: { readonly signal: AbortSignal },
  ): Promise<{ readonly lines: PodLogLine[]; readonly more: boolean }>;
}

interface Needs {
  readonly logs: LogCalls;
  readonly view: Pick<Window, 'setTimeout'>;
  /** Calls back before the next frame is drawn. */
  readonly onFrame: (draw: () => void) => void;
}

const page = 1_000;
/** Beyond this many, earlier ones are in the saved log alone. */
const mostHeld = 4 * mostLines;
/** Before a stream that broke is begun anew. */
const pauseMs = 1_000;

const unread: PodLogState = {
  ...{ status: 'loading', failure: null, search: '', entries: [], earlier: false },
  ...{ sources: new Map(), more: 0, paused: false, missed: 0, ended: false },
};

export function createPodLogStore({ logs, view, onFrame }: Needs): PodLogStore {
  const store = createStore<PodLogState>(() => unread);
  let asked: AskedLog | null = null;
  let id = '';
  let following = new AbortController();
  let pending: LogEntry[] = [];
  let drawing = false;

  function draw(): void {
    drawing = false;
    const news = pending;
    pending = [];
    if (news.length > 0) store.setState(({ entries }) => ({ entries: appended(entries, news) }));
  }

  function take(event: PodLogEvent): void {
    const { paused, missed } = store.getState();
    if (event.type === 'start') {
      pending = [];
      const { lines, earlier } = event;
      const entries = lines.map(entryOf);
      store.setState({ status: 'ready', failure: null, entries, earlier, missed: 0 });
    } else if (event.type === 'sources') {
      const sources = new Map(store.getState().sources);
      for (const source of event.sources) sources.set(source.index, source);
      store.setState({ sources, more: event.more });
    } else if (paused) {
      store.setState({ missed: missed + event.lines.length + event.skipped });
    } else {
      pending.push(...gapBefore(event), ...event.lines.map(entryOf));
      // A window in the background draws no frames, and lines come all the same.
      if (pending.length > mostLines) pending = pending.slice(-mostLines);
      if (!drawing) onFrame(draw);
      drawing = true;
    }
  }

  async function follow(): Promise<void> {
    following.abort();
    const current = new AbortController();
    following = current;
    if (asked === null) return;
    const { containers, ...rest } = asked;
    const { search } = store.getState();
    const input = { ...rest, id, containers: [...containers], search: search.trim() };
    try {
      const events = await logs.follow(input, { signal: current.signal });
      for await (const event of events) {
        if (following !== current) return;
        take(event);
      }
      if (following === current) store.setState({ ended: true });
    } catch (error) {
      if (following !== current || isAbort(error)) return;
      const failure = toFailure(error);
      const keeps = failure.code === 'LINK_DOWN' && store.getState().status === 'ready';
      if (!keeps) store.setState({ status: 'failed', failure });
      else view.setTimeout(() => following === current && void follow(), pauseMs);
    }
  }

  return {
    store,
    open(next) {
      asked = next;
      id = crypto.randomUUID();
      store.setState({ ...unread, search: store.getState().search }, true);
      void follow();
      return () => {
        if (asked !== next) return;
        following.abort();
        asked = null;
        pending = [];
        store.setState(unread, true);
      };
    },
    search(search) {
      if (search === store.getState().search) return;
      store.setState({ search, paused: false, ended: false });
      if (asked !== null) void follow();
    },
    pause: () => store.setState({ paused: true, missed: 0 }),
    goOn() {
      store.setState({ paused: false, missed: 0 });
      void follow();
    },
    async readEarlier() {
      const { entries, search, earlier } = store.getState();
      const first = entries.find(({ stream }) => stream !== 'gap')?.key;
      if (first === undefined || !earlier) return;
      const current = following;
      try {
        const asking = { id, before: first, search: search.trim(), limit: page };
        const { lines, more } = await logs.read(asking, { signal: current.signal });
        if (following !== current) return;
        store.setState((state) => {
          const all = prepended(state.entries, lines.map(entryOf));
          return { entries: all, earlier: more && all.length < mostHeld };
        });
      } catch (error) {
        if (following !== current || isAbort(error)) return;
        store.setState({ earlier: false });
      }
    },
    again() {
      if (asked === null) return;
      store.setState({ failure: null, ended: false });
      void follow();
    },
    async *readAll() {
      const pages: (readonly PodLogLine[])[] = [];
      for (let before: number | null = null; ; ) {
        const { lines, more } = await logs.read({ id, before, search: '', limit: 1_000 });
        pages.unshift(lines);
        before = lines[0]?.seq ?? null;
        if (!more || before === null) break;
      }
      yield* pages;
    },
  };
}

function entryOf({ seq, at, source, kind, text, cut }: PodLogLine): LogEntry {
  const shown = cut ? `${text} …` : text;
  return { key: seq, at, source, stream: kind === 'gap' ? 'gap' : 'out', text: shown };
}

/** Says that some are missing before a line; its key lies between two lines. */
function gapBefore({
  lines: [first],
  skipped,
}: Extract<PodLogEvent, { type: 'lines' }>): readonly LogEntry[] {
  if (skipped === 0 || first === undefined) return [];
  const text = `${skipped.toLocaleString('en')} lines came at once; search or save finds them`;
  return [{ key: first.seq - 0.5, at: first.at, stream: 'gap', text }];
}
