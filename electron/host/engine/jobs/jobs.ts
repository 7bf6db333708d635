import type { JobEvent } from '../../../../shared/contract/jobs.ts';
import type { JobPage, JobSummary, LogLine } from '../../../../shared/jobs/job.ts';
import type { JobPlan, Probed } from '../../../../shared/jobs/plan.ts';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import type { RunbookAbout } from '../../../../shared/jobs/runbook-about.ts';
import type { JobQuery } from '../../db/index.ts';
import type { JobKind } from './job-kind.ts';
import type { PrepareContext, WantedLane } from './prepare.ts';

export interface NewJobRequest {
  readonly kind: string;
  readonly title: string;
  readonly plan: JobPlan;
  /** For the kind; plain JSON, no secrets. */
  readonly input: unknown;
  readonly by: JobSummary['by'];
  /** Whether somebody is there to answer; else what would be asked ends the job as waiting. */
  readonly attended: boolean;
  /** Default: who is logged in. */
  readonly who?: string;
}

export interface Attended {
  /** Whether somebody is there now, however it was when the job was started. */
  readonly attended: boolean;
}

/** What a window or the command line is told of jobs in general. */
export type JobNews =
  | { readonly type: 'job'; readonly job: JobSummary }
  | { readonly type: 'jobs' };

/**
 * Jobs: kept with their plan, journaled, run here or by another process on the same database. Moves
 * throw JOB_STATE where the job's state does not allow them, JOB_ELSEWHERE where another process runs
 * it, JOB_OTHER_VERSION where its plan means something else by now, NOT_FOUND.
 */
export interface Jobs {
  register(kind: JobKind): void;
  /** Probes and plans each phase, changing nothing. Throws what hinders a look at a machine. */
  prepare(kind: string, lanes: readonly WantedLane[], context: PrepareContext): Promise<JobPlan>;
  /** Resolves once it is in the journal; it then runs, or waits for its turn. */
  start(request: NewJobRequest): Promise<JobSummary>;
  /** Goes on: from the first step that is not settled, or from `from`, which is done once more. */
  resume(
    id: string,
    options: Attended & { readonly from?: string | undefined },
  ): Promise<JobSummary>;
  undo(id: string, options: Attended): Promise<JobSummary>;
  /** Also of a job that another process runs, which then ends it within about a second. */
  cancel(id: string): Promise<JobSummary>;
  leave(id: string): Promise<JobSummary>;
  answer(id: string, questionId: string, answer: JobAnswer): { readonly taken: boolean };
  list(query: JobQuery): {
    rows: JobSummary[];
    total: number;
    kinds: { kind: string; count: number }[];
  };
  get(id: string): JobPage;
  /** As it was started. */
  input(id: string): unknown;
  /** As it was approved. */
  plan(id: string): { readonly plan: JobPlan; readonly about: RunbookAbout };
  evidence(id: string, stepId: string): Probed | null;
  follow(id: string, signal?: AbortSignal): AsyncGenerator<JobEvent, void, void>;
  log(
    id: string,
    query: {
      readonly stepId: string | null;
      readonly after: number | null;
      readonly search: string;
      readonly limit: number;
    },
  ): Promise<{ lines: LogLine[]; total: number }>;
  /** Ids of which this is the beginning or the end; at most three. */
  idsLike(part: string): string[];
  /** Known here, and no process is at it any more, however it ended. */
  isOver(id: string): boolean;
  /** Resolves with how the job stands once nobody is at it any more. */
  ended(id: string, signal?: AbortSignal): Promise<JobPage>;
  subscribe(listener: (news: JobNews) => void): () => void;
  /**
   * Finds jobs whose process is gone: they stand as interrupted, or go on by themselves where their
   * kind says so and `resume` is set. A host does this at its start and now and then.
   */
  adopt(options: { readonly resume: boolean }): Promise<void>;
  /** Deletes jobs and logs that are old or too many; never those that could still be undone. */
  prune(): Promise<void>;
  /** Breaks off what runs, in order: it stands as interrupted. */
  close(): Promise<void>;
}
