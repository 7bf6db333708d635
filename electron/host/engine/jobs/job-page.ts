import type { JobLane, JobPage, JobStep, JobSummary } from '../../../../shared/jobs/job.ts';
import type { PlannedPhase } from '../../../../shared/jobs/plan.ts';
import type { StoredJob, StoredStep } from '../../db/index.ts';
import type { LiveJob, LiveStep } from './live-job.ts';

/** Characters of the parameters of a phase that a window is given; nobody reads more there. */
const mostParams = 8_192;

/** A line of the list: of a job that runs here as it is, else as the journal has it. */
export function summaryOf(stored: StoredJob, live?: LiveJob): JobSummary {
  const { id, kind, title, createdAt, who, by, devices, deviceCount } = stored;
  return {
    id,
    kind,
    title,
    createdAt,
    who,
    by,
    devices: [...devices],
    deviceCount,
    state: live?.state ?? stored.state,
    steps: live ? { done: live.settled(), total: live.steps.length } : stored.steps,
    progress: live?.steps.find(({ progress }) => progress !== null)?.progress ?? null,
    undoable: live?.undoable() ?? stored.undoable,
    lastLine: live?.log.last ?? stored.lastLine,
  };
}

export function livePage(live: LiveJob): JobPage {
  return {
    ...summaryOf(live.stored, live),
    lanes: lanesOf(
      live.stored,
      live.steps.map((step) => ({ ...shownStep(live, step), plan: shownPlan(step.plan) })),
    ),
    questions: [...live.questions.values()],
    report: live.report,
  };
}

/** A step without its plan: what can change of it. */
export function shownStep(live: LiveJob, step: LiveStep): Omit<JobStep, 'plan'> {
  const { id, lane, position, state, progress, number } = step;
  return { id, lane, position, state, progress, lines: live.log.count(number) };
}

export function storedPage(stored: StoredJob, steps: readonly StoredStep[]): JobPage {
  const shown = steps.map(({ id, lane, position, state, plan, lines }) => {
    return { id, lane, position, state, progress: null, lines, plan: shownPlan(plan) };
  });
  return {
    ...summaryOf(stored),
    lanes: lanesOf(stored, shown),
    questions: [],
    report: stored.report,
  };
}

function lanesOf({ lanes }: StoredJob, steps: readonly JobStep[]): JobLane[] {
  return lanes.map(({ after, ...lane }) => ({
    ...lane,
    after: [...after],
    steps: steps.filter((step) => step.lane === lane.lane),
  }));
}

function shownPlan(plan: PlannedPhase): PlannedPhase {
  return JSON.stringify(plan.params).length > mostParams ? { ...plan, params: {} } : plan;
}
