import { z } from 'zod';
import { jobState } from './job-state.ts';
import { plannedPhase } from './plan.ts';
import { standingQuestion } from './question.ts';
import { stepState } from './step-state.ts';

export const jobKind = z
  .string()
  .max(60)
  .regex(/^[a-z][a-z0-9-]*$/);

export const progress = z.object({
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
});
export type Progress = z.infer<typeof progress>;

/** One line of the list of all jobs. */
export const jobSummary = z.object({
  id: z.uuid(),
  kind: jobKind,
  title: z.string(),
  state: jobState,
  createdAt: z.number().int(),
  who: z.string(),
  by: z.enum(['window', 'cli', 'schedule']),
  /** The first machines, and how many there are. */
  devices: z.array(z.object({ id: z.uuid().nullable(), name: z.string() })).max(8),
  deviceCount: z.number().int(),
  steps: progress,
  /** Of the step that runs, where it can be counted. */
  progress: progress.nullable(),
  /** Whether something of it stands that could be undone. */
  undoable: z.boolean(),
  /** The newest line of its log. */
  lastLine: z.string().nullable(),
});
export type JobSummary = z.infer<typeof jobSummary>;

export const jobStep = z.object({
  id: z.uuid(),
  lane: z.string(),
  position: z.number().int(),
  state: stepState,
  plan: plannedPhase,
  progress: progress.nullable(),
  /** Lines in the log of this step. */
  lines: z.number().int(),
});
export type JobStep = z.infer<typeof jobStep>;

export const jobLane = z.object({
  lane: z.string(),
  title: z.string(),
  deviceId: z.uuid().nullable(),
  after: z.array(z.string()),
  steps: z.array(jobStep),
});
export type JobLane = z.infer<typeof jobLane>;

export const jobPage = jobSummary.extend({
  lanes: z.array(jobLane),
  questions: z.array(standingQuestion),
  /** What it left to be kept: the report of an onboarding. Markdown. */
  report: z.string().nullable(),
});
export type JobPage = z.infer<typeof jobPage>;

export const logLine = z.object({
  /** Counts from 1 within the job. */
  seq: z.number().int(),
  at: z.number().int(),
  stepId: z.uuid().nullable(),
  stream: z.enum(['app', 'out', 'err']),
  text: z.string(),
});
export type LogLine = z.infer<typeof logLine>;
