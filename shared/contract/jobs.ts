import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jobKind, jobPage, jobStep, jobSummary, logLine } from '../jobs/job.ts';
import { jobStateNames } from '../jobs/job-state.ts';
import { probed } from '../jobs/plan.ts';
import { jobAnswer, standingQuestion } from '../jobs/question.ts';
import { id } from '../model/inventory.ts';
import { procedure } from './base.ts';

const one = z.object({ id });
const moved = z.object({ job: jobSummary });

/** Something new of one job, for who looks at it. */
export const jobEvent = z.discriminatedUnion('type', [
  /** Sent first, and again where steps came or went. */
  z.object({ type: z.literal('job'), job: jobPage }),
  /**
   * A state or a question changed: the summary, and of the steps those that changed. The page as a
   * whole holds every plan, which is too much to send each time; `afterEvent` puts this into it.
   */
  z.object({
    type: z.literal('moved'),
    job: jobSummary,
    steps: z.array(jobStep.omit({ plan: true })),
    questions: z.array(standingQuestion),
    report: z.string().nullable(),
  }),
  z.object({
    type: z.literal('progress'),
    stepId: z.uuid(),
    done: z.number().int(),
    total: z.number().int(),
  }),
  /** In their order; when many come at once, the oldest are left out and `skipped` says how many. */
  z.object({ type: z.literal('lines'), lines: z.array(logLine), skipped: z.number().int() }),
]);
export type JobEvent = z.infer<typeof jobEvent>;

export const jobs = {
  /** Newest first. */
  list: procedure
    .input(
      z.object({
        states: z.array(z.enum(jobStateNames)).max(jobStateNames.length).default([]),
        kinds: z.array(jobKind).max(20).default([]),
        deviceId: id.nullable().default(null),
        search: z.string().max(200).default(''),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(jobSummary),
        total: z.number().int(),
        kinds: z.array(z.object({ kind: jobKind, count: z.number().int() })),
      }),
    ),
  get: procedure.input(one).output(jobPage),
  /** What the last probe of a step found when it ran, and on what that rests; null before it was probed. */
  evidence: procedure
    .input(z.object({ id, stepId: id }))
    .output(z.object({ probed: probed.nullable() })),
  /** What happens to one job from now on, until the caller leaves; ends when it has ended. */
  follow: procedure.input(one).output(eventIterator(jobEvent)),
  /** Lines of a job or of one step, in their order: those after `after`, or the last ones (null). */
  log: procedure
    .input(
      z.object({
        id,
        stepId: id.nullable().default(null),
        after: z.number().int().nonnegative().nullable().default(null),
        search: z.string().max(200).default(''),
        limit: z.number().int().min(1).max(2_000).default(500),
      }),
    )
    .output(z.object({ lines: z.array(logLine), total: z.number().int() })),
  cancel: procedure.input(one).output(moved),
  /** Goes on: from the first step that is not settled, or from `from`, which is done once more. */
  resume: procedure.input(one.extend({ from: id.optional() })).output(moved),
  undo: procedure.input(one).output(moved),
  /** What is there stays. */
  leave: procedure.input(one).output(moved),
  answer: procedure
    .input(z.object({ id, questionId: id, answer: jobAnswer }))
    .output(z.object({ taken: z.boolean() })),
  /** Its plan, to be read or to be run by hand. */
  runbook: procedure
    .input(one.extend({ format: z.enum(['markdown', 'shell']) }))
    .output(z.object({ name: z.string(), text: z.string() })),
};
