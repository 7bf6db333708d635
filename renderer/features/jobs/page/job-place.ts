import type { JobLane, JobPage, JobStep } from '../../../../shared/jobs/job.ts';
import { isSettled } from '../../../../shared/jobs/step-state.ts';

/** What of a job is shown, by the rest of its address. */
export type JobPlace =
  | { readonly view: 'steps'; readonly stepId: string | null }
  | { readonly view: 'log' | 'plan' | 'report' };

export function parseJobPlace(at: string | undefined): JobPlace {
  if (at === 'log' || at === 'plan' || at === 'report') return { view: at };
  return { view: 'steps', stepId: at ?? null };
}

export interface PlacedStep {
  readonly lane: JobLane;
  readonly step: JobStep;
}

const active: ReadonlySet<string> = new Set(['begun', 'probing', 'undoing']);

function* stepsOf(page: Pick<JobPage, 'lanes'>): Generator<PlacedStep> {
  for (const lane of page.lanes) for (const step of lane.steps) yield { lane, step };
}

function find(
  page: Pick<JobPage, 'lanes'>,
  wanted: (step: JobStep) => boolean,
): PlacedStep | undefined {
  for (const placed of stepsOf(page)) if (wanted(placed.step)) return placed;
  return undefined;
}

export const isActive = ({ state }: JobStep) => active.has(state.state);
export const hasFailed = ({ state }: JobStep) =>
  state.state === 'failed' || state.state === 'undo-failed';

/** The step that one wants to see when one asked for none: what asks, failed, runs, or ran last. */
export function currentStep(page: Pick<JobPage, 'lanes' | 'questions'>): PlacedStep | undefined {
  const asked = page.questions[0]?.stepId;
  const first = page.lanes[0];
  const step = first?.steps[0];
  return (
    find(page, ({ id }) => id === asked) ??
    find(page, hasFailed) ??
    find(page, isActive) ??
    [...stepsOf(page)].findLast(({ step: { state } }) => state.state !== 'pending') ??
    (first && step && { lane: first, step })
  );
}

export function stepAt(page: JobPage, stepId: string | null): PlacedStep | undefined {
  return (stepId === null ? undefined : find(page, ({ id }) => id === stepId)) ?? currentStep(page);
}

/** What comes after the steps that run now; in each lane the first that is still to come. */
export function nextStep({ steps }: JobLane): JobStep | undefined {
  return steps.find(({ state }) => state.state === 'pending');
}

export function settledSteps({ steps }: JobLane): number {
  return steps.filter(({ state }) => isSettled(state)).length;
}
