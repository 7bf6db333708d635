import type { StepError } from '../../../../shared/jobs/step-state.ts';
import type { Lane } from './lane.ts';
import type { LiveJob, LiveStep } from './live-job.ts';
import { createLane, type RunOptions } from './run-job.ts';
import { toStepError } from './step-errors.ts';
import { undoStep } from './undo-step.ts';
import { walkLanes } from './walk-lanes.ts';

/**
 * Takes back what may stand, in reverse; afterwards the job stands as undone or undo-failed. Lanes that ran
 * side by side may have built on each other: one that is held by another has its turn again after it.
 */
export async function undoJob(options: RunOptions): Promise<void> {
  const { job, signal } = options;
  const lanes = reversed(job.stored.lanes);
  const through = new Set<string>();
  const failed = new Map<string, StepError>();
  for (;;) {
    const before = through.size;
    await walkLanes(lanes, {
      atOnce: options.lanesAtOnce,
      run: async (name) => {
        if (through.has(name)) return true;
        const earlier = failed.get(name);
        if (earlier !== undefined && !isHeld(earlier)) return false;
        const error = await undoLane(options, name);
        if (signal.aborted) return false;
        if (error === undefined) through.add(name);
        if (error === undefined) failed.delete(name);
        else failed.set(name, error);
        return error === undefined;
      },
    });
    const isHope = through.size > before && [...failed.values()].some(isHeld);
    if (signal.aborted || !isHope) break;
  }
  const [error] = failed.values();
  if (signal.aborted) job.move({ type: 'interrupt' });
  else if (error) job.move({ type: 'undo-failed', error });
  else job.move({ type: 'undone' });
}

/** Something that was written later stands on it. */
const isHeld = ({ code }: StepError) => code === 'UNDO_CONFLICT';

/** Resolves with why not all of it was taken back; also undefined where it was broken off. */
async function undoLane(options: RunOptions, name: string): Promise<StepError | undefined> {
  const { job, signal, report } = options;
  const lane = createLane(options, name);
  try {
    // Its process died where nothing is to be taken back: only its lock may have stayed.
    const wasCutOff = job.stored.state.state === 'interrupted';
    const goesThere = lane.steps.some(({ stands, plan }) => stands && plan.lasting === null);
    if (wasCutOff && !goesThere) await lane.letGo();
    for (const step of [...lane.steps].reverse()) {
      if (signal.aborted) return undefined;
      if (!step.stands) continue;
      if (step.plan.lasting !== null) {
        job.sayOf(step, `"${step.plan.title}" stays: ${step.plan.lasting}`);
        continue;
      }
      const error = await tryUndo(lane, step, { signal, report });
      if (error !== undefined) return error;
    }
    return undefined;
  } finally {
    await lane.release();
  }
}

async function tryUndo(
  lane: Lane,
  step: LiveStep,
  { signal, report }: Pick<RunOptions, 'signal' | 'report'>,
): Promise<StepError | undefined> {
  const { job } = lane;
  job.sayOf(step, `Undo "${step.plan.title}".`);
  try {
    await undoStep(lane, step);
    return undefined;
  } catch (error) {
    // The host ends: the step stays as being undone, and the next probe says.
    if (signal.aborted) return undefined;
    const known = toStepError(error, report);
    job.sayOf(step, `${known.message} ${known.hint}`);
    if (step.state.state === 'undoing') {
      job.moveStep(step, { type: 'undo-failed', error: known });
    }
    return known;
  }
}

/** What came after comes before. */
function reversed(lanes: LiveJob['stored']['lanes']): LiveJob['stored']['lanes'] {
  return [...lanes].reverse().map((lane) => ({
    ...lane,
    after: lanes.filter(({ after }) => after.includes(lane.lane)).map((other) => other.lane),
  }));
}
