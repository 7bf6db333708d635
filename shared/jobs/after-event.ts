import type { JobEvent } from '../contract/jobs.ts';
import type { JobPage, JobStep } from './job.ts';

/** The page of a job after something new was told of it; `null` before the first event. */
export function afterEvent(page: JobPage | null, event: JobEvent): JobPage | null {
  if (event.type === 'job') return event.job;
  if (page === null || event.type === 'lines') return page;
  if (event.type === 'progress') {
    const { stepId, done, total } = event;
    return withSteps(page, [{ id: stepId, progress: { done, total } }]);
  }
  const { job, steps, questions, report } = event;
  return { ...withSteps(page, steps), ...job, questions, report };
}

type Changed = Partial<JobStep> & { readonly id: string };

function withSteps(page: JobPage, steps: readonly Changed[]): JobPage {
  if (steps.length === 0) return page;
  const changed = new Map(steps.map((step) => [step.id, step]));
  const lanes = page.lanes.map((lane) =>
    lane.steps.some(({ id }) => changed.has(id))
      ? { ...lane, steps: lane.steps.map((step) => withChange(step, changed.get(step.id))) }
      : lane,
  );
  return { ...page, lanes };
}

function withChange(step: JobStep, change: Changed | undefined): JobStep {
  return change === undefined ? step : { ...step, ...change };
}
