import { v7 as uuidv7 } from 'uuid';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import type { JobMove } from '../../../../shared/jobs/job-state.ts';
import { isUnderWay, movesOf } from '../../../../shared/jobs/job-state.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type Database,
  loginName,
  type NewJob,
  openJournal,
  type StoredJob,
} from '../../db/index.ts';
import { adoptJobs } from './adopt.ts';
import { followLive, followStored } from './follow.ts';
import type { JobKind } from './job-kind.ts';
import { createNews } from './job-news.ts';
import { livePage, storedPage, summaryOf } from './job-page.ts';
import type { Jobs, NewJobRequest } from './jobs.ts';
import { prepare } from './prepare.ts';
import { Runner, type RunnerOptions } from './runner.ts';

export interface JobsOptions {
  readonly database: Database;
  /** Told of faults of ours. */
  readonly report: (error: unknown) => void;
  readonly now?: () => number;
  readonly limits?: RunnerOptions['limits'];
}

/** So long are jobs kept that nothing stands of, and so many of them. */
const keptForMs = 90 * 24 * 60 * 60_000;
const keepJobs = 2_000;
/** Lines of all logs together. */
const keepLines = 500_000;

const notFound = () => new RackhelmError('NOT_FOUND', 'There is no such job.');

export function createJobs(options: JobsOptions): Jobs {
  const { database, report, now = Date.now, limits } = options;
  const store = database.jobs;
  const kinds = new Map<string, JobKind>();
  const journal = openJournal({ file: database.file, identity: database.identity });
  const news = createNews(database, (id) => runner.live(id) !== undefined);
  const runner = new Runner({
    database,
    journal,
    kinds,
    news,
    report,
    now,
    ...(limits && { limits }),
  });

  function stored(id: string): StoredJob {
    const job = store.get(id);
    if (job === undefined) throw notFound();
    return job;
  }
  function kindOf(name: string): JobKind {
    const kind = kinds.get(name);
    if (kind !== undefined) return kind;
    throw new RackhelmError('JOB_OTHER_VERSION', `This Rackhelm has no jobs of the kind ${name}.`);
  }
  const page = (id: string) => {
    const live = runner.live(id);
    if (live) return livePage(live);
    const job = stored(id);
    return storedPage(job, store.steps(job));
  };

  /** The job as it stands, once it is known that a person may do this with it. */
  function movable(id: string, move: JobMove): StoredJob {
    const job = stored(id);
    const state = runner.live(id)?.state ?? job.state;
    if (movesOf(state).includes(move)) return { ...job, state };
    const verb = { cancel: 'cancelled', resume: 'resumed', undo: 'undone', leave: 'left' }[move];
    throw new RackhelmError('JOB_STATE', `A job that is ${state.state} cannot be ${verb}.`, {
      data: { state: state.state },
    });
  }

  const adopt = (resume: boolean) => adoptJobs({ database, runner, kinds, resume, report });

  async function start(request: NewJobRequest): Promise<JobSummary> {
    const { lanes } = request.plan;
    const kind = kindOf(request.kind);
    if (request.plan.version !== kind.version) throw otherVersion();
    const job: NewJob = {
      id: uuidv7(),
      kind: request.kind,
      title: request.title,
      who: request.who ?? loginName(),
      by: request.by,
      attended: request.attended,
      input: request.input,
      planVersion: request.plan.version,
      lanes: lanes.map(({ phases: _, ...lane }) => lane),
      createdAt: now(),
      steps: lanes.flatMap(({ lane, phases }) =>
        phases.map((plan) => ({ id: uuidv7(), lane, plan })),
      ),
    };
    return await runner.start(job);
  }

  /** Follows, also over the moment in which the job begins to run here. */
  async function* follow(id: string, signal = new AbortController().signal) {
    for (;;) {
      const live = runner.live(id);
      if (live) yield* followLive(live, { signal, over: runner.over(id) });
      else {
        const job = stored(id);
        yield* followStored({
          signal,
          page: () => page(id),
          newestLine: store.newestLine(job),
          isLive: () => runner.live(id) !== undefined,
          lines: (after) => store.log(job, { stepId: null, after, search: '', limit: 500 }).lines,
        });
      }
      if (signal.aborted || !isUnderWay(page(id).state)) return;
    }
  }

  return {
    register(kind) {
      kinds.set(kind.kind, kind);
    },
    prepare: async (kind, lanes, context) => prepare(kindOf(kind), lanes, context),
    start,
    async resume(id, options) {
      const job = movable(id, 'resume');
      if (job.planVersion !== kindOf(job.kind).version) throw otherVersion();
      return await runner.resume(job, options);
    },
    async undo(id, { attended }) {
      const job = movable(id, 'undo');
      kindOf(job.kind);
      return await runner.undo(job, attended);
    },
    async cancel(id) {
      const job = movable(id, 'cancel');
      if (runner.cancel(id)) return summaryOf(job, runner.live(id));
      if (job.owner === null || !runner.isAlive(job.owner)) {
        await adopt(false);
        return summaryOf(stored(id));
      }
      // Another process has it, and looks for wishes about twice a second.
      await journal.write({ op: 'wish', id, wish: 'cancel' });
      return summaryOf(stored(id));
    },
    leave: async (id) => await runner.leave(movable(id, 'leave')),
    answer: (id, questionId, answer) => ({ taken: runner.answer(id, questionId, answer) }),
    list(query) {
      const { rows, total } = store.list(query);
      const shown = rows.map((job) => summaryOf(job, runner.live(job.id)));
      return { rows: shown, total, kinds: store.kinds() };
    },
    get: page,
    input: (id) => runner.live(id)?.input ?? store.input(stored(id).id),
    plan(id) {
      const job = stored(id);
      const steps = store.steps(job);
      const lanes = job.lanes.map(({ after, ...lane }) => ({
        ...lane,
        after: [...after],
        phases: steps.filter((step) => step.lane === lane.lane).map(({ plan }) => plan),
      }));
      const about = { title: job.title, plannedAt: job.createdAt };
      return { plan: { version: job.planVersion, lanes }, about };
    },
    evidence(id, stepId) {
      const step = runner.live(id)?.steps.find((one) => one.id === stepId);
      return step?.probed ?? store.probed(stored(id), stepId);
    },
    follow,
    async log(id, query) {
      await runner.live(id)?.log.flush();
      return store.log(stored(id), query);
    },
    idsLike: store.idsLike,
    isOver(id) {
      const job = runner.live(id) ? undefined : store.get(id);
      return job !== undefined && (job.owner === null || !runner.isAlive(job.owner));
    },
    async ended(id, signal) {
      for await (const _ of follow(id, signal)) signal?.throwIfAborted();
      return page(id);
    },
    subscribe: news.subscribe,
    adopt: ({ resume }) => adopt(resume),
    async prune() {
      const entry = { op: 'prune', olderThan: now() - keptForMs, keepJobs, keepLines } as const;
      let more = true;
      while (more) more = await journal.write(entry, { durable: false });
    },
    async close() {
      await runner.close();
      news.close();
      await journal.close();
    },
  };
}

function otherVersion(): RackhelmError {
  return new RackhelmError(
    'JOB_OTHER_VERSION',
    'This job was planned by another version of Rackhelm, which meant something else by it.',
  );
}
