import type { JobSummary } from '../../../../shared/jobs/job.ts';
import type { Database } from '../../db/index.ts';
import { summaryOf } from './job-page.ts';
import type { JobNews } from './jobs.ts';
import type { LiveJob } from './live-job.ts';

/** A job that moves often is told of a few times a second. */
const togetherMs = 250;
/** Of more jobs of other processes the list is read again. */
const fewJobs = 20;

export interface News {
  subscribe(listener: (news: JobNews) => void): () => void;
  /** Something of a job of this process is new. */
  note(job: LiveJob): void;
  /** A job that this process does not run stands differently. */
  tell(job: JobSummary): void;
  tellMany(): void;
  close(): void;
}

/** Tells windows of jobs: of our own as they move, of other processes' within about a second. */
export function createNews(database: Database, isLive: (id: string) => boolean): News {
  const listeners = new Set<(news: JobNews) => void>();
  const waiting = new Map<string, NodeJS.Timeout>();
  let seen = 0;
  let leave: (() => void) | undefined;

  const send = (news: JobNews) => {
    for (const listener of [...listeners]) listener(news);
  };
  const lookElsewhere = () => {
    const changed = database.jobs.changedSince(seen, fewJobs + 1);
    seen = database.jobs.newestRev();
    const others = changed.filter(({ id }) => !isLive(id));
    if (changed.length > fewJobs) send({ type: 'jobs' });
    else for (const job of others) send({ type: 'job', job: summaryOf(job) });
  };
  return {
    subscribe(listener) {
      if (leave === undefined) {
        seen = database.jobs.newestRev();
        leave = database.subscribeJobs(lookElsewhere);
      }
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    note(job) {
      if (listeners.size === 0 || waiting.has(job.id)) return;
      const later = () => {
        waiting.delete(job.id);
        send({ type: 'job', job: summaryOf(job.stored, job) });
      };
      waiting.set(job.id, setTimeout(later, togetherMs).unref());
    },
    tell: (job) => send({ type: 'job', job }),
    tellMany: () => send({ type: 'jobs' }),
    close() {
      leave?.();
      for (const timer of waiting.values()) clearTimeout(timer);
      listeners.clear();
    },
  };
}
