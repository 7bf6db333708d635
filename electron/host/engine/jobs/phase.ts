import type { z } from 'zod';
import type { PlanItem, Probed } from '../../../../shared/jobs/plan.ts';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import type { HeldMachine, Machine } from '../machines/index.ts';

/** What a phase has while it looks. */
export interface LookContext {
  /** Throws where the lane has no machine: a phase that only writes here does not ask for one. */
  readonly machine: Machine;
  readonly signal: AbortSignal;
  log(text: string, stream?: 'app' | 'out' | 'err'): void;
}

/** What a phase has while it changes something. */
export interface PhaseContext extends LookContext {
  readonly machine: HeldMachine;
  readonly jobId: string;
  readonly lane: string;
  progress(done: number, total: number): void;
  /** Throws ANSWER_NEEDED where nobody is there: the job ends as waiting. */
  ask(question: JobQuestion): Promise<JobAnswer>;
}

/**
 * Changes one thing on one machine, or here. The runner calls, in this order: `probe` (present: it is
 * skipped), `save`, whose result is on disk before anything changes, `apply`, and `probe` again, which has
 * to say present. After a crash between the two it probes first. Undo: `undo` with what was saved, then
 * `probe`, which may not say present. Each of them may be called again after having been broken off
 * anywhere; none does twice what may be done once.
 */
export interface Phase<P = unknown, S = unknown> {
  /** `hostname`; kept in journals, so never changed once it shipped. */
  readonly id: string;
  readonly params: z.ZodType<P>;
  /** What undo needs. Plain JSON and no secrets: what is secret stays on the machine, by path. */
  readonly saved: z.ZodType<S>;
  title(params: P): string;
  /** Why it cannot be undone; null: it can be. */
  lasting(params: P): string | null;
  /** Changes nothing. What it could not read is `unknown`, never `absent`. */
  probe(context: LookContext, params: P): Promise<Probed>;
  /** Changes nothing. What would be done, given how it stands. */
  plan(context: LookContext, params: P, probed: Probed): Promise<readonly PlanItem[]>;
  save(context: PhaseContext, params: P): Promise<S>;
  apply(context: PhaseContext, params: P, saved: S): Promise<void>;
  /** Only called where `lasting` is null. */
  undo(context: PhaseContext, params: P, saved: S): Promise<void>;
}

/** Any phase; the runner parses params and what was saved before it hands them over. */
// biome-ignore lint/suspicious/noExplicitAny: parameters of functions are contravariant, so that no other type holds all phases
export type AnyPhase = Phase<any, any>;
