import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LogLine } from '../../../../shared/jobs/job.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../../rpc/failure.ts';
import { appended, type LogEntry, mostLines, prepended } from '../../../ui/log-view/log-entries.ts';
import { chosenLines, entryOf, type LogChoice } from './log-lines.ts';

export interface LogState extends LogChoice {
  readonly status: 'loading' | 'ready' | 'failed';
  readonly failure: Failure | null;
  readonly entries: readonly LogEntry[];
  /** Whether some before the first one are known to be kept. */
  readonly earlier: boolean;
}

/** The log of the job that is open, as far as it is looked at. */
export interface LogStore {
  readonly store: StoreApi<LogState>;
  /** Reads the last lines of it, from where the stream goes on. */
  show(jobId: string, choice: LogChoice): Promise<void>;
  /** What the stream told; drawn with the next frame, however much comes until then. */
  take(lines: readonly LogLine[], skipped: number): void;
  /** Reads some before the first one that is there. */
  readEarlier(): Promise<void>;
}

/** Read at once. */
const page = 1_000;
/** Beyond this many, earlier ones are in the saved log alone. */
const mostHeld = 4 * mostLines;

interface Needs {
  readonly client: Pick<Client, 'jobs'>;
  /** Calls back before the next frame is drawn. */
  readonly onFrame: (draw: () => void) => void;
}

const unread = { status: 'loading', failure: null, entries: [], earlier: false } as const;

export function createLogStore({ client, onFrame }: Needs): LogStore {
  const store = createStore<LogState>(() => ({ stepId: null, search: '', ...unread }));
  let job = '';
  let reading = new AbortController();
  let pending: LogEntry[] = [];
  let drawing = false;

  function draw(): void {
    drawing = false;
    const news = pending;
    if (store.getState().status !== 'ready' || news.length === 0) return;
    pending = [];
    store.setState(({ entries }) => ({ entries: appended(entries, news) }));
  }

  function schedule(): void {
    if (drawing) return;
    drawing = true;
    onFrame(draw);
  }

  async function read(choice: LogChoice, after: number | null, signal: AbortSignal) {
    const { stepId, search } = choice;
    const input = { id: job, stepId, search: search.trim(), after, limit: page };
    return await client.jobs.log(input, { signal });
  }

  return {
    store,
    async show(jobId, choice) {
      reading.abort();
      const current = new AbortController();
      reading = current;
      job = jobId;
      pending = [];
      store.setState({ ...choice, ...unread }, true);
      try {
        const { lines, total } = await read(choice, null, current.signal);
        if (reading !== current) return;
        const entries = lines.map(entryOf);
        store.setState({ status: 'ready', entries, earlier: total > lines.length });
        schedule();
      } catch (error) {
        if (reading !== current || isAbort(error)) return;
        store.setState({ status: 'failed', failure: toFailure(error) });
      }
    },
    take(lines, skipped) {
      const news = chosenLines(store.getState(), lines, skipped);
      if (news.length === 0) return;
      for (const entry of news) pending.push(entry);
      // A window in the background draws no frames, and lines come all the same.
      if (pending.length > mostLines) pending = pending.slice(-mostLines);
      schedule();
    },
    async readEarlier() {
      const state = store.getState();
      const first = state.entries.find(({ stream }) => stream !== 'gap')?.key;
      if (first === undefined || !state.earlier) return;
      const current = reading;
      try {
        const found = await readBefore(first, (after) => read(state, after, current.signal));
        if (reading !== current) return;
        store.setState(({ entries }) => {
          const all = prepended(entries, found.lines.map(entryOf));
          return { entries: all, earlier: found.more && all.length < mostHeld };
        });
      } catch (error) {
        if (reading !== current || isAbort(error)) return;
        store.setState({ failure: toFailure(error) });
      }
    },
  };
}

type Read = (after: number) => Promise<{ readonly lines: readonly LogLine[] }>;

/**
 * The lines before that one. Those of one step lie scattered among those of others, so it looks farther
 * and farther back until there is one.
 */
async function readBefore(
  first: number,
  read: Read,
): Promise<{ readonly lines: readonly LogLine[]; readonly more: boolean }> {
  for (let span = page; ; span *= 4) {
    const after = Math.max(0, first - 1 - span);
    const { lines } = await read(after);
    const before = lines.filter(({ seq }) => seq < first);
    if (before.length > 0 || after === 0) return { lines: before, more: after > 0 };
  }
}
