import type { DraftChange } from '../../../../shared/contract/onboarding.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import {
  type CommonAnswers,
  type MachineAnswers,
  noMachineAnswers,
} from '../../../../shared/onboarding/answers.ts';
import {
  type Draft,
  type DraftMachine,
  mostMachines,
} from '../../../../shared/onboarding/draft.ts';
import { mayGoTo } from '../../../../shared/onboarding/steps.ts';
import { newId } from '../../db/index.ts';

export type NewMachine = Extract<DraftChange, { kind: 'add-machines' }>['machines'][number];

/** The draft after a change of a person. Throws INVALID_INPUT, DUPLICATE or NOT_FOUND. */
export function applyChange(draft: Draft, change: DraftChange): Draft {
  if (change.kind !== 'step') refuseOnceBegun(draft);
  switch (change.kind) {
    case 'step':
      if (!mayGoTo({ ...draft, jobEnded: true }, change.step)) {
        throw new RackhelmError('INVALID_INPUT', 'Something before this step is not answered yet.');
      }
      return { ...draft, step: change.step };
    case 'add-machines':
      return addMachines(draft, change.machines);
    case 'delete-machine':
      machineOf(draft, change.machineId);
      return {
        ...draft,
        machines: draft.machines.filter(({ id }) => id !== change.machineId),
      };
    case 'target':
      refuseTwice(draft, change.target, change.machineId);
      return withMachine(draft, change.machineId, (machine) => ({
        ...freshMachine({ target: change.target, foundBy: machine.foundBy }),
        id: machine.id,
        answers: { ...machine.answers, identity: null, fixes: [] },
      }));
    case 'common':
      return { ...draft, common: { ...draft.common, ...given<CommonAnswers>(change.answers) } };
    case 'machine':
      return withMachine(draft, change.machineId, (machine) => answered(machine, change.answers));
  }
}

type Changed<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Without members that are undefined, which would take an answer away. */
function given<T>(answers: Changed<T>): Partial<T> {
  const entries = Object.entries(answers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>; // only what is undefined went
}

export function freshMachine({ target, foundBy }: NewMachine): DraftMachine {
  return {
    id: newId(),
    deviceId: newId(),
    target,
    foundBy,
    connection: { state: 'untried' },
    facts: null,
    who: null,
    answers: noMachineAnswers,
    checkedAt: null,
    checks: [],
  };
}

export function machineOf(draft: Draft, machineId: string): DraftMachine {
  const machine = draft.machines.find(({ id }) => id === machineId);
  if (machine !== undefined) return machine;
  throw new RackhelmError('NOT_FOUND', 'This machine is not part of the onboarding any more.');
}

export function withMachine(
  draft: Draft,
  machineId: string,
  change: (machine: DraftMachine) => DraftMachine,
): Draft {
  const changed = change(machineOf(draft, machineId));
  const machines = draft.machines.map((one) => (one.id === machineId ? changed : one));
  return { ...draft, machines };
}

/** A known device goes by its own id; every other machine gets one beforehand, that stays. */
function answered(machine: DraftMachine, change: Changed<MachineAnswers>): DraftMachine {
  const answers = { ...machine.answers, ...given<MachineAnswers>(change) };
  const before = machine.answers.identity;
  const after = answers.identity;
  if (after?.as === 'known') return { ...machine, answers, deviceId: after.deviceId };
  const deviceId = before?.as === 'known' ? newId() : machine.deviceId;
  return { ...machine, answers, deviceId };
}

export function addMachines(draft: Draft, machines: readonly NewMachine[]): Draft {
  let grown = draft;
  for (const machine of machines) {
    if (grown.machines.length >= mostMachines) {
      throw new RackhelmError(
        'INVALID_INPUT',
        `One onboarding takes ${mostMachines} machines; begin another one for the rest.`,
      );
    }
    refuseTwice(grown, machine.target);
    grown = { ...grown, machines: [...grown.machines, freshMachine(machine)] };
  }
  return grown;
}

function refuseTwice(draft: Draft, target: SshTarget, except?: string): void {
  const keyOf = ({ host, port = 22, jump = [] }: SshTarget) =>
    JSON.stringify([host.toLowerCase(), port, jump]);
  const isThere = draft.machines.some(
    (machine) => machine.id !== except && keyOf(machine.target) === keyOf(target),
  );
  if (!isThere) return;
  throw new RackhelmError('DUPLICATE', `${target.host} is part of this onboarding already.`, {
    hint: 'Each machine needs to be there once.',
  });
}

function refuseOnceBegun({ jobId }: Draft): void {
  if (jobId === null) return;
  throw new RackhelmError(
    'INVALID_INPUT',
    'This onboarding was begun; its answers stand as they were approved.',
    { hint: 'Look at its job, or begin another onboarding.' },
  );
}
