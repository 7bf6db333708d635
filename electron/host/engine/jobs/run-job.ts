import type { StepError } from '../../../../shared/jobs/step-state.ts';
import { isSettled, isTakenBack } from '../../../../shared/jobs/step-state.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { JobKind } from './job-kind.ts';
import { Lane, type LaneOptions } from './lane.ts';
import type { LiveJob, LiveStep } from './live-job.ts';
import type { Questions } from './questions.ts';
import { runStep } from './run-step.ts';
import { isLeftOpen, needsPerson, toStepError } from './step-errors.ts';
import { walkLanes } from './walk-lanes.ts';

/** Why a job is broken off: a person wants it, or the host ends. */
export type Stop = 'cancel' | 'close';

export interface RunOptions {
  readonly job: LiveJob;
  readonly kind: JobKind;
  readonly questions: Questions;
  /** Aborted with a Stop as its reason. */
  readonly signal: AbortSignal;
  /** Steps that are done once more though they are settled. */
  readonly again: ReadonlySet<string>;
  readonly lanesAtOnce: number;
  readonly reopenAfterMs: readonly number[];
  readonly report: (error: unknown) => void;
}

/** How a lane ended that did not get to its end. */
type Ending =
  | { readonly type: 'failed'; readonly error: StepError }
  | { readonly type: 'needs'; readonly needs: string }
  | { readonly type: 'stopped' };

/** Runs what is not settled, lane by lane; afterwards the job stands in the state that it ended in. */
export async function runJob(options: RunOptions): Promise<void> {
  const { job, signal, again } = options;
  const endings: Ending[] = [];
  await walkLanes(job.stored.lanes, {
    atOnce: options.lanesAtOnce,
    run: async (name) => {
      if (signal.aborted) return false;
      const lane = createLane(options, name);
      try {
        // What lasts stays done by an undo that was broken off, and may no longer stand without what was before it.
        let shaken = false;
        for (const step of lane.steps) {
          if (isSettled(step.state) && !shaken && !again.has(step.id)) continue;
          shaken ||= isTakenBack(step.state);
          const ending = await tryStep(options, lane, step);
          if (ending === undefined) continue;
          endings.push(ending);
          return false;
        }
        return true;
      } finally {
        await lane.release();
      }
    },
  });
  conclude(options, endings);
}

async function tryStep(
  { job, signal, report }: RunOptions,
  lane: Lane,
  step: LiveStep,
): Promise<Ending | undefined> {
  if (signal.aborted) return { type: 'stopped' };
  job.sayOf(step, `${step.plan.title}.`);
  try {
    await runStep(lane, step);
    return undefined;
  } catch (error) {
    if (signal.aborted) {
      stopStep(job, step, signal);
      return { type: 'stopped' };
    }
    const known = toStepError(error, report);
    job.sayOf(step, `${known.message} ${known.hint}`);
    if (!job.stored.attended && needsPerson(error)) {
      job.moveStep(step, { type: 'drop', stands: step.stands });
      return { type: 'needs', needs: known.message };
    }
    // Whether it was done is not known: it stays begun, and the next probe says.
    if (isLeftOpen(known)) job.moveStep(step, { type: 'drop', stands: true });
    else failStep(job, step, known);
    return { type: 'failed', error: known };
  }
}

function failStep(job: LiveJob, step: LiveStep, error: StepError): void {
  const begun = step.stands;
  // What was journaled as begun may have to be taken back: nothing was changed after all.
  if (step.state.state === 'begun' && !begun) job.moveStep(step, { type: 'probe' });
  job.moveStep(step, { type: 'fail', error, begun });
}

function stopStep(job: LiveJob, step: LiveStep, signal: AbortSignal): void {
  const stands = step.stands;
  if (signal.reason === 'close') {
    if (step.state.state !== 'pending') job.moveStep(step, { type: 'drop', stands });
    return;
  }
  const { code, message, hint } = new RackhelmError('JOB_CANCELLED', 'It was cancelled here.');
  failStep(job, step, { code, message, hint });
}

function conclude({ job, signal }: RunOptions, endings: readonly Ending[]): void {
  if (job.settled() === job.steps.length) job.move({ type: 'done' });
  else if (signal.aborted && signal.reason === 'close') job.move({ type: 'interrupt' });
  else if (signal.aborted) job.move({ type: 'cancelled' });
  else {
    const failed = endings.find((ending) => ending.type === 'failed');
    const needs = endings.find((ending) => ending.type === 'needs');
    if (failed) job.move({ type: 'fail', error: failed.error });
    else if (needs) job.move({ type: 'need', needs: needs.needs });
    // Lanes that wait for each other, say: a fault of who made the plan.
    else job.move({ type: 'fail', error: notAll() });
  }
}

function notAll(): StepError {
  const { code, message, hint } = new RackhelmError('INTERNAL', 'Not all of it had its turn.');
  return { code, message, hint };
}

export function createLane(options: RunOptions, lane: string): Lane {
  const { job, kind, questions, signal, reopenAfterMs } = options;
  const laneOptions: LaneOptions = { job, kind, lane, questions, signal, reopenAfterMs };
  return new Lane(laneOptions);
}
