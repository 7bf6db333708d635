import type { JobPage } from '../../../../shared/jobs/job.ts';
import type { PlannedLane } from '../../../../shared/jobs/plan.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import type { HeldMachine, Machine } from '../machines/index.ts';
import type { AnyPhase } from './phase.ts';

/** What opening a machine for a lane may need. */
export interface OpenContext {
  /** Of the job; while a plan is made, an id of that look alone. */
  readonly jobId: string;
  /** A plan is being made: nothing will be changed, and no lock is needed. */
  readonly lookOnly: boolean;
  readonly signal: AbortSignal;
  readonly attended: boolean;
  ask(question: JobQuestion): Promise<JobAnswer>;
  log(text: string): void;
}

/** A machine that is looked at until it is released. */
export interface LookedAt extends Machine {
  release(): Promise<void>;
}

/** What a domain registers: which phases its jobs have, and how a lane reaches its machine. */
export interface JobKind {
  /** `onboarding`; in the contract, in journals and on the command line. */
  readonly kind: string;
  /** Raised when a plan that was approved before would mean something else now. */
  readonly version: number;
  readonly phases: readonly AnyPhase[];
  /** After a crash: wait for a person, or go on by itself. */
  readonly afterCrash: 'ask' | 'resume';
  /**
   * Connects and takes the lock; called once a lane has something to do, and again after contact was
   * lost. Null: this lane has no machine (`deviceId` and `input` say).
   */
  open?(lane: PlannedLane, input: unknown, context: OpenContext): Promise<HeldMachine | null>;
  /** The same for making a plan, without the lock. Default: `open`. */
  look?(lane: PlannedLane, input: unknown, context: OpenContext): Promise<LookedAt | null>;
  /** After the last step, however it ended; may leave a report. */
  ended?(job: JobPage): Promise<{ readonly report: string | null }>;
}
