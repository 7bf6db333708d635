import { expect, test } from 'vitest';
import { noCommonAnswers, noMachineAnswers } from '../../../../shared/onboarding/answers.ts';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { aheadBy } from './ahead.ts';

const machine = (id: string): DraftMachine => ({
  id,
  deviceId: `device of ${id}`,
  target: { host: id },
  foundBy: 'typed',
  connection: { state: 'untried' },
  facts: null,
  who: null,
  answers: noMachineAnswers,
  checkedAt: null,
  checks: [],
});

const draft: Draft = {
  id: 'draft',
  version: 3,
  createdAt: 1,
  changedAt: 1,
  who: 'ada',
  step: 'who',
  common: noCommonAnswers,
  machines: [machine('a'), machine('b')],
  jobId: null,
};

test('changes on their way stand in their order, each on what it is about alone', () => {
  const shown = aheadBy(draft, [
    { kind: 'machine', machineId: 'b', answers: { name: 'pi-1', role: 'edge' } },
    { kind: 'machine', machineId: 'b', answers: { role: 'worker', hostname: undefined } },
    { kind: 'common', answers: { sshKey: 'app' } },
    { kind: 'step', step: 'role' },
  ]);
  expect(shown.machines[0]).toEqual(draft.machines[0]);
  expect(shown.machines[1]?.answers).toEqual({ ...noMachineAnswers, name: 'pi-1', role: 'worker' });
  expect(shown.common).toEqual({ ...noCommonAnswers, sshKey: 'app' });
  expect(shown.step).toBe('role');
  // What only the host counts.
  expect(shown.version).toBe(3);
});

test('a machine that is taken out is gone at once, one that comes waits for the host', () => {
  const shown = aheadBy(draft, [
    { kind: 'delete-machine', machineId: 'a' },
    { kind: 'add-machines', machines: [{ target: { host: 'c' }, foundBy: 'typed' }] },
  ]);
  expect(shown.machines.map(({ id }) => id)).toEqual(['b']);
});
