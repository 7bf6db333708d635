import { z } from 'zod';
import type { CommonAnswers, MachineAnswers } from './answers.ts';
import { roleOf } from './answers.ts';

export const onboardingSteps = [
  'find',
  'trust',
  'sign-in',
  'facts',
  'who',
  'role',
  'place',
  'cluster',
  'checks',
  'plan',
  'run',
  'report',
] as const;
export const onboardingStep = z.enum(onboardingSteps);
export type OnboardingStep = z.infer<typeof onboardingStep>;

export const stepLabels: Readonly<Record<OnboardingStep, string>> = {
  find: 'Find the machine',
  trust: 'Trust its key',
  'sign-in': 'Sign in',
  facts: 'Facts',
  who: 'Who it is',
  role: 'Role',
  place: 'Place and network',
  cluster: 'Cluster',
  checks: 'Checks and fixes',
  plan: 'Plan',
  run: 'Run',
  report: 'Report',
};

/** What the steps need to know of a draft. */
export interface StepsInput {
  readonly common: CommonAnswers;
  readonly machines: readonly {
    readonly id: string;
    readonly connection:
      | { readonly state: 'untried' }
      | { readonly state: 'failed'; readonly code: string }
      | { readonly state: 'read' };
    readonly answers: MachineAnswers;
    readonly checkedAt: number | null;
  }[];
  readonly jobId: string | null;
  /** How its job stands, where the caller knows. */
  readonly jobEnded?: boolean;
}

/** How a step stands. `waits`: it has to be done next; `blocked`: something before it has to be. */
export type StepStanding =
  | { readonly step: OnboardingStep; readonly state: 'done' }
  | { readonly step: OnboardingStep; readonly state: 'waits'; readonly why: string }
  | { readonly step: OnboardingStep; readonly state: 'blocked'; readonly by: OnboardingStep };

type Lack = (input: StepsInput) => string | null;

const some = (
  input: StepsInput,
  lacks: (machine: StepsInput['machines'][number]) => boolean,
  words: (count: string) => string,
): string | null => {
  const count = input.machines.filter(lacks).length;
  if (count === 0) return null;
  return words(count === 1 ? 'One machine' : `${count} machines`);
};

/** Failures behind the trusted key, and behind the door. Every other one is before them. */
const atTheDoor = new Set([
  'SSH_AUTH_FAILED',
  'SSH_PASSPHRASE_WRONG',
  'SSH_KEY_UNREADABLE',
  'SSH_ANSWER_NEEDED',
]);
const inside = new Set(['SSH_NO_SHELL', 'SSH_OUTPUT_TOO_LARGE', 'SSH_OUTPUT_INVALID']);

/** At which step connecting to a machine stopped; null: it was read. */
function stoppedAt({
  connection,
}: StepsInput['machines'][number]): 'trust' | 'sign-in' | 'facts' | null {
  if (connection.state === 'read') return null;
  if (connection.state === 'untried') return 'trust';
  if (inside.has(connection.code)) return 'facts';
  return atTheDoor.has(connection.code) ? 'sign-in' : 'trust';
}

/** What each step lacks, as a sentence; null: nothing. */
const lacks: Readonly<Record<OnboardingStep, Lack>> = {
  find: ({ machines }) => (machines.length === 0 ? 'No machine was chosen yet.' : null),
  trust: (input) =>
    some(
      input,
      (one) => stoppedAt(one) === 'trust',
      (count) => `${count} did not show a key yet that was trusted.`,
    ),
  'sign-in': (input) =>
    some(
      input,
      (one) => stoppedAt(one) === 'sign-in',
      (count) => `${count} did not let us in yet.`,
    ),
  facts: (input) =>
    some(
      input,
      (one) => stoppedAt(one) !== null,
      (count) => `${count} told no facts yet.`,
    ),
  who: (input) =>
    some(
      input,
      ({ answers }) => answers.identity === null || answers.name === null,
      (count) => `${count} did not get a name and an identity yet.`,
    ),
  role: (input) =>
    some(
      input,
      ({ answers }) => roleOf(input.common, answers) === null,
      (count) => `${count} has no role yet.`.replace(/^(\d+ machines) has/, '$1 have'),
    ),
  // Nothing of it has to be said: a machine may stand nowhere and keep the address that it has.
  place: () => null,
  cluster: ({ common: { join, clusterId } }) => {
    if (join === null) return null;
    if (clusterId === null) return 'It was not chosen yet which cluster they join.';
    return join.from === 'files' && join.folder === null
      ? 'It was not said yet where the files of K3s lie.'
      : null;
  },
  checks: (input) =>
    some(
      input,
      ({ checkedAt }) => checkedAt === null,
      (count) => `${count} was not checked yet.`.replace(/^(\d+ machines) was/, '$1 were'),
    ),
  plan: ({ jobId }) => (jobId === null ? 'The plan was not approved yet.' : null),
  run: ({ jobEnded }) => (jobEnded === true ? null : 'The job has not ended yet.'),
  report: () => null,
};

/** Every step and how it stands, in their order. Pure. */
export function standingOf(input: StepsInput): StepStanding[] {
  let blocker: OnboardingStep | null = null;
  return onboardingSteps.map((step): StepStanding => {
    if (blocker !== null) return { step, state: 'blocked', by: blocker };
    const why = lacks[step](input);
    if (why === null) return { step, state: 'done' };
    blocker = step;
    return { step, state: 'waits', why };
  });
}

/** The first step that waits for something; `report` where all is done. */
export function waitingStep(input: StepsInput): OnboardingStep {
  return standingOf(input).find(({ state }) => state === 'waits')?.step ?? 'report';
}

/** Where a person may go: every step up to the one that waits. Once a job runs there is no way back. */
export function mayGoTo(input: StepsInput, step: OnboardingStep): boolean {
  const position = (of: OnboardingStep) => onboardingSteps.indexOf(of);
  if (input.jobId !== null && position(step) < position('run')) return false;
  return position(step) <= position(waitingStep(input));
}
