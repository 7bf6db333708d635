import type { JobSummary } from '../../../../shared/jobs/job.ts';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import type { JobHappening } from '../../../../shared/jobs/transitions.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  becomeRunner,
  type Database,
  isRunning,
  type Journal,
  type NewJob,
  type Runner as RunnerLock,
  type StoredJob,
} from '../../db/index.ts';
import type { JobKind } from './job-kind.ts';
import type { News } from './job-news.ts';
import { livePage, summaryOf } from './job-page.ts';
import { LiveJob } from './live-job.ts';
import { Questions } from './questions.ts';
import { runJob, type Stop } from './run-job.ts';
import { toStepError } from './step-errors.ts';
import { Turns } from './turns.ts';
import { undoJob } from './undo-job.ts';

export interface RunnerOptions {
  readonly database: Database;
  readonly journal: Journal;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly news: News;
  readonly report: (error: unknown) => void;
  readonly now: () => number;
  readonly limits?: {
    /** Default 8. */
    readonly lanesAtOnce?: number;
    /** Default 4. */
    readonly jobsAtOnce?: number;
    readonly reopenAfterMs?: readonly number[];
    /** After which the end of a job is written once more that could not be; default 5 s. */
    readonly writeAgainMs?: number;
  };
}

/** A job that this process runs or is about to. */
interface Underway {
  readonly job: LiveJob;
  readonly questions: Questions;
  readonly stop: AbortController;
  readonly over: Promise<void>;
}

const reopenAfterMs = [1_000, 5_000, 15_000, 30_000];
/** How often other processes' wishes are looked for, while there is something to wish for. */
const wishesMs = 500;
const writeAgainMs = 5_000;

/** Runs jobs in this process: claims them, gives them their turn, and gives them back at their end. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #turns: Turns;
  readonly #underway = new Map<string, Underway>();
  #lock: RunnerLock | undefined;
  #wishes: NodeJS.Timeout | undefined;
  #closing = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#turns = new Turns(options.limits?.jobsAtOnce ?? 4);
  }

  live(id: string): LiveJob | undefined {
    return this.#underway.get(id)?.job;
  }

  /** Resolves once nobody here is at it any more. */
  over(id: string): Promise<void> {
    return this.#underway.get(id)?.over ?? Promise.resolve();
  }

  async start(job: NewJob): Promise<JobSummary> {
    const owner = this.#owner();
    const change = {
      state: { state: 'queued' },
      stepsDone: 0,
      undoable: false,
      report: null,
    } as const;
    await this.#options.journal.write({ op: 'insert', job, owner, change });
    const stored = this.#options.database.jobs.get(job.id);
    if (stored === undefined) throw new RackhelmError('NOT_FOUND', 'The job was not kept.');
    return this.#begin(this.#load(stored), { move: null, again: new Set() });
  }

  async resume(
    stored: StoredJob,
    { from, attended }: { readonly from?: string | undefined; readonly attended: boolean },
  ): Promise<JobSummary> {
    const job = await this.#claim(stored, attended);
    const step = job.steps.find(({ id }) => id === from);
    const again = job.steps
      .filter(({ lane, position }) => lane === step?.lane && position >= (step?.position ?? 0))
      .map(({ id }) => id);
    return this.#begin(job, { move: { type: 'queue' }, again: new Set(again) });
  }

  async undo(stored: StoredJob, attended: boolean): Promise<JobSummary> {
    const job = await this.#claim(stored, attended);
    return this.#begin(job, { move: { type: 'undo' }, again: new Set() });
  }

  async leave(stored: StoredJob): Promise<JobSummary> {
    return await this.settle(stored, { type: 'leave' });
  }

  /** Claims a job, moves it, and gives it back. */
  async settle(stored: StoredJob, happening: JobHappening): Promise<JobSummary> {
    const job = await this.#claim(stored);
    job.move(happening);
    await job.write({ durable: true, release: true });
    const summary = summaryOf(stored, job);
    this.#options.news.tell(summary);
    return summary;
  }

  /** False: this process does not run it. */
  cancel(id: string): boolean {
    const underway = this.#underway.get(id);
    underway?.stop.abort('cancel' satisfies Stop);
    return underway !== undefined;
  }

  answer(id: string, questionId: string, answer: JobAnswer): boolean {
    return this.#underway.get(id)?.questions.answer(questionId, answer) ?? false;
  }

  /** Whether a process that is still there has it. */
  isAlive(owner: string): boolean {
    return owner === this.#lock?.id || isRunning(this.#options.database.file, owner);
  }

  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#wishes);
    for (const { stop } of this.#underway.values()) stop.abort('close' satisfies Stop);
    await Promise.allSettled([...this.#underway.values()].map(({ over }) => over));
    this.#lock?.release();
  }

  #owner(): string {
    this.#lock ??= becomeRunner(this.#options.database.file);
    return this.#lock.id;
  }

  async #claim(stored: StoredJob, attended = false): Promise<LiveJob> {
    const { journal, database } = this.#options;
    const { id, owner: before } = stored;
    const elsewhere = () =>
      new RackhelmError('JOB_ELSEWHERE', 'Another Rackhelm is at this job just now.');
    if (this.#underway.has(id)) throw elsewhere();
    if (before !== null && this.isAlive(before)) throw elsewhere();
    const owner = this.#owner();
    if (!(await journal.write({ op: 'claim', id, owner, before }))) throw elsewhere();
    const fresh = database.jobs.get(id);
    if (fresh === undefined) throw elsewhere();
    return this.#load({ ...fresh, attended });
  }

  #load(stored: StoredJob): LiveJob {
    const { journal, now, database, news } = this.#options;
    const { jobs } = database;
    const job = new LiveJob({
      stored,
      steps: jobs.steps(stored),
      newestLine: jobs.newestLine(stored),
      input: jobs.input(stored.id),
      journal,
      owner: this.#owner(),
      now,
    });
    job.subscribe(() => news.note(job));
    job.log.subscribe(() => news.note(job));
    return job;
  }

  #begin(
    job: LiveJob,
    { move, again }: { readonly move: JobHappening | null; readonly again: ReadonlySet<string> },
  ): JobSummary {
    if (move) job.move(move);
    const stop = new AbortController();
    const questions = new Questions(job);
    const run = this.#run(job, { questions, stop, again }).catch(this.#options.report);
    const over = run.finally(() => {
      this.#underway.delete(job.id);
      if (this.#underway.size === 0) clearInterval(this.#wishes);
      this.#options.news.tell(summaryOf(job.stored, job));
    });
    this.#underway.set(job.id, { job, questions, stop, over });
    this.#watchWishes();
    if (move) void job.writeLater();
    return summaryOf(job.stored, job);
  }

  async #run(
    job: LiveJob,
    { questions, stop, again }: Omit<Underway, 'job' | 'over'> & { again: ReadonlySet<string> },
  ): Promise<void> {
    const { signal } = stop;
    const devices = job.stored.lanes.flatMap(({ deviceId }) => deviceId ?? []);
    const free = await this.#turns.take(devices, signal);
    const kind = this.#options.kinds.get(job.stored.kind);
    try {
      if (kind === undefined) throw new TypeError(`No kind ${job.stored.kind}`);
      await this.#through(job, { kind, questions, signal, again });
    } catch (error) {
      const event = job.state.state === 'undoing' ? 'undo-failed' : 'fail';
      job.move({ type: event, error: toStepError(error, this.#options.report) });
    } finally {
      free();
    }
    await this.#end(job, kind);
  }

  async #through(
    job: LiveJob,
    run: {
      readonly kind: JobKind;
      readonly questions: Questions;
      readonly signal: AbortSignal;
      readonly again: ReadonlySet<string>;
    },
  ): Promise<void> {
    const { limits, report } = this.#options;
    const options = {
      ...run,
      job,
      report,
      lanesAtOnce: limits?.lanesAtOnce ?? 8,
      reopenAfterMs: limits?.reopenAfterMs ?? reopenAfterMs,
    };
    if (job.state.state === 'undoing') {
      await undoJob(options);
      return;
    }
    if (run.signal.aborted) {
      job.move({ type: run.signal.reason === 'close' ? 'interrupt' : 'cancelled' });
      return;
    }
    job.move({ type: 'run' });
    await job.writeLater();
    await runJob(options);
  }

  /** What it leaves, and the last entry of the journal. */
  async #end(job: LiveJob, kind: JobKind | undefined): Promise<void> {
    const { report, limits } = this.#options;
    const againMs = limits?.writeAgainMs ?? writeAgainMs;
    if (job.state.state !== 'interrupted') {
      try {
        job.report = (await kind?.ended?.(livePage(job)))?.report ?? job.report;
      } catch (error) {
        report(error);
      }
    }
    await job.log.flush();
    for (;;) {
      try {
        await job.write({ durable: true, release: true });
        return;
      } catch (error) {
        const known = toStepError(error, report);
        if (known.code === 'JOB_ELSEWHERE' || this.#closing) return;
        // How it ended is told from here meanwhile.
        job.say(`How it ended could not be written: ${known.message}`);
        await new Promise((resolve) => setTimeout(resolve, againMs).unref());
      }
    }
  }

  #watchWishes(): void {
    clearInterval(this.#wishes);
    const { database, report } = this.#options;
    const look = () => {
      try {
        for (const id of database.jobs.wishes(this.#owner())) this.cancel(id);
      } catch (error) {
        report(error);
      }
    };
    this.#wishes = setInterval(look, wishesMs).unref();
  }
}
