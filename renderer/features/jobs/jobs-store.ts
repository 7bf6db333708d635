import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { JobSummary } from '../../../shared/jobs/job.ts';
import type { JobMove } from '../../../shared/jobs/job-state.ts';
import type { JobAnswer, StandingQuestion } from '../../../shared/jobs/question.ts';
import type { RunbookFormat } from '../../../shared/jobs/runbook.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createPagedTable, type PagedTable } from '../../rpc/paged-table.ts';
import { createResourcePool, type Resource } from '../../rpc/resource.ts';
import { type RecentJobs, withJob } from './dock/recent-jobs.ts';
import { everyJob, formatJobFilter, type JobFilter } from './list/job-filter.ts';
import { createLogStore, type LogStore } from './log/log-store.ts';
import { createOpenJob, type OpenJob } from './open-job.ts';

type JobList = InferClientOutputs<Client>['jobs']['list'];

export interface JobsStore {
  /** For the dock: what runs, what wants a person, what ran a short while ago. */
  readonly recent: StoreApi<RecentJobs>;
  readonly table: PagedTable<JobSummary, JobFilter>;
  /** The kinds that there are, with how many of each. */
  readonly kinds: Resource<JobList['kinds']>;
  /** The newest ones on one device, and how many there are. */
  of(deviceId: string): Resource<Pick<JobList, 'rows' | 'total'>>;
  readonly open: OpenJob;
  readonly log: LogStore;
  load(): Promise<void>;
  /** After a new connection: everything that is shown is read again. */
  refresh(): void;
  take(job: JobSummary): void;
  clearEnded(): void;
  move(id: string, move: JobMove): Promise<void>;
  /** Goes on with that step, which is done once more. */
  resumeFrom(id: string, stepId: string): Promise<void>;
  answer(id: string, question: StandingQuestion, answer: JobAnswer): Promise<void>;
  /** Null where it could not be had, of which the person was told. */
  runbook(id: string, format: RunbookFormat): Promise<{ name: string; text: string } | null>;
  evidence(id: string, stepId: string): Resource<InferClientOutputs<Client>['jobs']['evidence']>;
}

interface Needs {
  readonly client: Client;
  readonly notify: Notifier;
  readonly view: Pick<Window, 'requestAnimationFrame' | 'setTimeout' | 'document'>;
}

const inDock = 50;
/** Jobs may move many times a second; lists of them are read again this often at most. */
const settleMs = 400;

/** A window in the background draws no frames at all; a second is soon enough there. */
function frameOf(view: Needs['view']) {
  return (draw: () => void) => {
    if (view.document.visibilityState === 'visible') view.requestAnimationFrame(draw);
    else view.setTimeout(draw, 1_000);
  };
}

export function createJobsStore({ client, notify, view }: Needs): JobsStore {
  // The inventory's own pool is of no use here: jobs move while the inventory stays as it is.
  const pool = createResourcePool();
  const recent = createStore<RecentJobs>(() => ({ list: [], clearedAt: 0 }));
  const log = createLogStore({ client, onFrame: frameOf(view) });
  const open = createOpenJob({ client, log });
  let settling = false;

  const list = (filter: JobFilter, part: { offset: number; limit: number }, signal?: AbortSignal) =>
    client.jobs.list(
      { ...filter, states: [...filter.states], kinds: [...filter.kinds], ...part },
      signal ? { signal } : {},
    );

  function invalidateSoon(): void {
    if (settling) return;
    settling = true;
    view.setTimeout(() => {
      settling = false;
      pool.invalidate();
    }, settleMs);
  }

  async function load(): Promise<void> {
    try {
      const { rows } = await list(everyJob, { offset: 0, limit: inDock });
      recent.setState({ list: rows });
    } catch {
      // Only the connection can fail here; its banner tells, and it calls this again.
    }
  }

  function take(job: JobSummary): void {
    recent.setState(({ list: before }) => ({ list: withJob(before, job, inDock) }));
    open.take(job);
    invalidateSoon();
  }

  async function told(work: Promise<{ readonly job: JobSummary }>): Promise<void> {
    const outcome = await attempt(work);
    if (outcome.ok) take(outcome.value.job);
    else notify.failed(outcome.failure);
  }

  const evidence = pool.createKeyed((key: string, signal) => {
    const [id = '', stepId = ''] = key.split(' ');
    return client.jobs.evidence({ id, stepId }, { signal });
  });

  return {
    recent,
    open,
    log,
    load,
    take,
    table: createPagedTable<JobSummary, JobFilter>({
      pool,
      filter: everyJob,
      format: formatJobFilter,
      list,
      // Nothing is done with many jobs at once.
      allIds: async () => [],
    }),
    kinds: pool.create(async (signal) => {
      return (await list(everyJob, { offset: 0, limit: 1 }, signal)).kinds;
    }),
    of: pool.createKeyed((deviceId, signal) =>
      list({ ...everyJob, deviceId }, { offset: 0, limit: 10 }, signal),
    ),
    refresh() {
      void load();
      open.again();
      pool.invalidate();
    },
    clearEnded() {
      recent.setState({ clearedAt: Date.now() });
    },
    move: (id, move) => told(client.jobs[move]({ id })),
    resumeFrom: (id, from) => told(client.jobs.resume({ id, from })),
    async answer(id, question, answer) {
      const outcome = await attempt(client.jobs.answer({ id, questionId: question.id, answer }));
      if (!outcome.ok) notify.failed(outcome.failure);
      // Another window was faster, or the job went on without it.
      else if (!outcome.value.taken) notify.done('This question no longer stands.');
    },
    async runbook(id, format) {
      const outcome = await attempt(client.jobs.runbook({ id, format }));
      if (outcome.ok) return outcome.value;
      notify.failed(outcome.failure);
      return null;
    },
    evidence: (id, stepId) => evidence(`${id} ${stepId}`),
  };
}
