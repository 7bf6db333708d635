import { expect, it } from 'vitest';
import type { StepState } from '../../../shared/jobs/step-state.ts';
import { stepDuration, stepLook } from './job-words.ts';
import { specimenPage } from './page/job-specimens.ts';

const begun = specimenPage({ state: 'running', startedAt: 1 }).lanes[0]?.steps.find(
  ({ state }) => state.state === 'begun',
)?.state as StepState; // the specimen has one that runs

it('lets nothing seem to run in a job that has ended', () => {
  expect(stepLook(begun, true).word).toBe('Running');
  expect(stepLook(begun, false).word).toBe('Broken off');
  expect(stepLook({ state: 'pending' }, false).word).toBe('To come');
  expect(stepDuration(begun, Number.MAX_SAFE_INTEGER)).not.toBeNull();
  expect(stepDuration(begun, null)).toBeNull();
});
