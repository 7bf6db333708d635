import type { JobPage, JobStep, JobSummary } from '../../../../shared/jobs/job.ts';
import type { JobState } from '../../../../shared/jobs/job-state.ts';
import type { StandingQuestion } from '../../../../shared/jobs/question.ts';
import type { StepState } from '../../../../shared/jobs/step-state.ts';
import { specimenLanes } from '../../../ui/plan-preview/plan-specimens.ts';

const at = Date.UTC(2026, 10, 30, 13, 5, 22);
const uuid = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** For the gallery and for tests. */
export function specimenJob(state: JobState): JobSummary {
  return {
    id: uuid(1),
    kind: 'onboarding',
    title: 'Onboard pi-1 and pi-2',
    state,
    createdAt: at,
    who: 'ada',
    by: 'window',
    devices: [
      { id: uuid(11), name: 'pi-1' },
      { id: uuid(12), name: 'pi-2' },
    ],
    deviceCount: 2,
    steps: { done: 7, total: 30 },
    progress: { done: 42, total: 180 },
    undoable: true,
    lastLine: 'Setting up chrony (4.5-1) …',
  };
}

export const specimenError = {
  code: 'SUDO_PASSWORD_WRONG',
  message: 'pi-1 did not take the sudo password of ada.',
  hint: 'Check the password, then go on; it was tried once only.',
};

function stepState(index: number, current: number): StepState {
  if (index > current) return { state: 'pending' };
  if (index === current) return { state: 'begun', at: at + index * 4_000 };
  if (index % 5 === 4) return { state: 'skipped', at: at + index * 4_000, found: 'It is so.' };
  const startedAt = at + index * 4_000;
  return { state: 'done', at: startedAt + 3_200, startedAt, found: 'It is so now.' };
}

export const specimenQuestions: readonly StandingQuestion[] = [
  {
    id: uuid(900),
    stepId: null,
    lane: 'lane-0',
    at,
    question: { kind: 'sudo-password', user: 'ada', host: 'pi-1', attempt: 1 },
  },
  {
    id: uuid(901),
    stepId: null,
    lane: 'lane-1',
    at,
    question: {
      kind: 'choice',
      text: 'pi-2 came back from its reboot with another address. Go on there?',
      choices: [
        { id: 'go-on', label: 'Go on at 10.0.10.7', says: 'Its host key is the known one.' },
        { id: 'stop', label: 'Stop here' },
      ],
    },
  },
];

/** A job on some machines; `current` is the step that runs on the first. */
export function specimenPage(state: JobState, machines = 2, current = 7): JobPage {
  const lanes = specimenLanes(machines).map(({ phases, ...lane }, n) => ({
    ...lane,
    steps: phases.map(
      (plan, index): JobStep => ({
        id: uuid(1_000 + n * 100 + index),
        lane: lane.lane,
        position: index,
        state: stepState(index, current - n * 2),
        plan,
        progress: index === current - n * 2 ? { done: 42, total: 180 } : null,
        lines: index > current - n * 2 ? 0 : 12 + index,
      }),
    ),
  }));
  return { ...specimenJob(state), lanes, questions: [], report: null };
}

/** The same with its current step failed. */
export function failedSpecimen(): JobPage {
  const error = specimenError;
  const page = specimenPage({ state: 'failed', startedAt: at, endedAt: at + 90_000, error });
  return {
    ...page,
    lanes: page.lanes.map((lane) => ({
      ...lane,
      steps: lane.steps.map((step) =>
        step.state.state === 'begun'
          ? {
              ...step,
              state: { state: 'failed', at: at + 90_000, startedAt: at, error, begun: true },
            }
          : step,
      ),
    })),
  };
}
