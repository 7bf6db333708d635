import { createStore, type StoreApi } from 'zustand/vanilla';
import { afterEvent } from '../../../shared/jobs/after-event.ts';
import type { JobPage, JobSummary } from '../../../shared/jobs/job.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import type { LogStore } from './log/log-store.ts';

export interface OpenJobState {
  /** Of the page that is shown; null: none. */
  readonly id: string | null;
  readonly page: JobPage | null;
  readonly failure: Failure | null;
}

/** The job whose page is open, followed for as long as it is. */
export interface OpenJob {
  readonly store: StoreApi<OpenJobState>;
  /** Returns what leaves it. */
  open(id: string): () => void;
  /** A job that had ended may go on: then it is followed anew. */
  take(job: JobSummary): void;
  /** After a new connection. */
  again(): void;
}

interface Needs {
  readonly client: Pick<Client, 'jobs'>;
  readonly log: LogStore;
}

const none: OpenJobState = { id: null, page: null, failure: null };

export function createOpenJob({ client, log }: Needs): OpenJob {
  const store = createStore<OpenJobState>(() => none);
  let following: AbortController | null = null;

  async function follow(id: string): Promise<void> {
    following?.abort();
    const current = new AbortController();
    following = current;
    try {
      for await (const event of await client.jobs.follow({ id }, { signal: current.signal })) {
        if (following !== current) return;
        if (event.type === 'lines') log.take(event.lines, event.skipped);
        else store.setState(({ page }) => ({ page: afterEvent(page, event), failure: null }));
      }
    } catch (error) {
      if (following !== current || isAbort(error)) return;
      const failure = toFailure(error);
      // The banner tells that nothing answers; the last page stays under it.
      const keep = failure.code === 'LINK_DOWN' && store.getState().page !== null;
      store.setState(keep ? {} : { failure, page: null });
    } finally {
      if (following === current) following = null;
    }
  }

  return {
    store,
    open(id) {
      store.setState({ ...none, id }, true);
      void follow(id);
      return () => {
        if (store.getState().id !== id) return;
        following?.abort();
        following = null;
        store.setState(none, true);
      };
    },
    take(job) {
      const { id } = store.getState();
      if (id === job.id && following === null) void follow(id);
    },
    again() {
      const { id } = store.getState();
      if (id !== null) void follow(id);
    },
  };
}
