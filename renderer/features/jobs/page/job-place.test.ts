import { expect, it } from 'vitest';
import { currentStep, nextStep, parseJobPlace, settledSteps, stepAt } from './job-place.ts';
import { failedSpecimen, specimenPage, specimenQuestions } from './job-specimens.ts';

const running = { state: 'running', startedAt: 1 } as const;

it('reads the rest of an address as a view or as a step', () => {
  expect(parseJobPlace(undefined)).toEqual({ view: 'steps', stepId: null });
  expect(parseJobPlace('plan')).toEqual({ view: 'plan' });
  expect(parseJobPlace('x')).toEqual({ view: 'steps', stepId: 'x' });
});

it('shows what asks before what failed, and that before what runs', () => {
  const page = specimenPage(running);
  const pending = page.lanes[1]?.steps.at(-1);
  expect(currentStep(page)?.step.state.state).toBe('begun');
  expect(currentStep(failedSpecimen())?.step.state.state).toBe('failed');
  const [question] = specimenQuestions;
  const asking = question && { ...question, stepId: pending?.id ?? null };
  expect(currentStep({ ...failedSpecimen(), questions: asking ? [asking] : [] })?.step.id).toBe(
    pending?.id,
  );
});

it('shows the last that ran where nothing runs, and the first before anything did', () => {
  const ended = specimenPage(running, 1, 99);
  expect(currentStep(ended)?.step.position).toBe(14);
  const queued = specimenPage({ state: 'queued' }, 1, -1);
  expect(currentStep(queued)?.step.position).toBe(0);
  expect(currentStep({ lanes: [], questions: [] })).toBeUndefined();
});

it('goes to the current step where the one in the address is none of this job', () => {
  const page = specimenPage(running);
  expect(stepAt(page, 'elsewhere')).toEqual(currentStep(page));
  const second = page.lanes[1]?.steps[3];
  expect(stepAt(page, second?.id ?? null)?.step).toBe(second);
});

it('says of a machine how far it came and what comes next', () => {
  const [lane] = specimenPage(running).lanes;
  expect(lane && settledSteps(lane)).toBe(7);
  expect(lane && nextStep(lane)?.position).toBe(8);
});
