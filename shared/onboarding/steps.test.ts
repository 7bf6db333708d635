import { expect, it } from 'vitest';
import { noCommonAnswers, noMachineAnswers } from './answers.ts';
import { mayGoTo, onboardingSteps, type StepsInput, standingOf, waitingStep } from './steps.ts';

type Machine = StepsInput['machines'][number];

const machine = (more: Partial<Machine> = {}): Machine => ({
  id: '1',
  connection: { state: 'untried' },
  answers: noMachineAnswers,
  checkedAt: null,
  ...more,
});
const draft = (machines: Machine[], more: Partial<StepsInput> = {}): StepsInput => ({
  common: noCommonAnswers,
  machines,
  jobId: null,
  ...more,
});
const read = { connection: { state: 'read' } } as const;
const named = { ...noMachineAnswers, identity: { as: 'new' }, name: 'pi-1' } as const;

it('waits for a machine, and everything behind that is blocked by it', () => {
  const [first, ...others] = standingOf(draft([]));
  expect(first).toEqual({ step: 'find', state: 'waits', why: 'No machine was chosen yet.' });
  expect(others.every((one) => one.state === 'blocked' && one.by === 'find')).toBe(true);
});

it('stops at trust where the key was refused, and at signing in where the password was', () => {
  const failed = (code: string) => machine({ connection: { state: 'failed', code } });
  expect(waitingStep(draft([machine()]))).toBe('trust');
  expect(waitingStep(draft([failed('SSH_HOST_KEY_CHANGED')]))).toBe('trust');
  expect(waitingStep(draft([failed('SSH_AUTH_FAILED')]))).toBe('sign-in');
});

it('goes on step by step as the answers come', () => {
  const job = { jobId: '2', jobEnded: true };
  expect(waitingStep(draft([machine(read)]))).toBe('who');
  expect(waitingStep(draft([machine({ ...read, answers: named })]))).toBe('role');
  const one = machine({ ...read, answers: { ...named, role: 'worker' } });
  expect(waitingStep(draft([one]))).toBe('checks');
  expect(waitingStep(draft([{ ...one, checkedAt: 1 }]))).toBe('plan');
  expect(waitingStep(draft([{ ...one, checkedAt: 1 }], { jobId: '2' }))).toBe('run');
  expect(waitingStep(draft([{ ...one, checkedAt: 1 }], job))).toBe('report');
});

it('takes the role of all for a machine without one', () => {
  const one = machine({ ...read, answers: named });
  const input = draft([one], { common: { ...noCommonAnswers, role: 'worker' } });
  expect(waitingStep(input)).toBe('checks');
});

it('waits for the slowest of several machines, and says how many', () => {
  const standing = standingOf(draft([machine(read), machine(), machine()]));
  expect(standing[1]).toMatchObject({
    step: 'trust',
    state: 'waits',
    why: expect.stringMatching(/^2 machines/),
  });
});

it('lets a person go back before the job runs, never ahead, and not back once it runs', () => {
  const one = machine({ ...read, checkedAt: 1, answers: { ...named, role: 'worker' } });
  const allowed = (input: StepsInput) => onboardingSteps.filter((step) => mayGoTo(input, step));
  expect(allowed(draft([machine()]))).toEqual(['find', 'trust']);
  expect(allowed(draft([one])).at(-1)).toBe('plan');
  expect(allowed(draft([one], { jobId: '2' }))).toEqual(['run']);
});
