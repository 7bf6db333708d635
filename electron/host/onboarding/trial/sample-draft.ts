import type { Facts } from '../../../../shared/model/facts.ts';
import {
  type MachineAnswers,
  noCommonAnswers,
  noMachineAnswers,
} from '../../../../shared/onboarding/answers.ts';
import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { summarize } from '../../../../shared/onboarding/summarize.ts';
import { newId } from '../../db/index.ts';
import { sampleFacts } from '../../inventory/sample-facts.ts';

/** For tests: a machine that was read and answered as far as is said. */
export function sampleMachine(
  answers: Partial<MachineAnswers> = {},
  { facts = sampleFacts(), ...more }: Partial<Omit<DraftMachine, 'facts'>> & { facts?: Facts } = {},
): DraftMachine {
  return {
    id: newId(),
    deviceId: newId(),
    target: { host: '10.0.0.11' },
    foundBy: 'typed',
    connection: { state: 'read', at: 1, user: 'ops', hostKey: null },
    facts: summarize(facts),
    who: {
      verdict: 'new',
      deviceId: null,
      deviceName: null,
      says: 'Nothing is like it.',
      matches: [],
      suggestion: { name: 'pi-1', kind: 'sbc' },
    },
    checkedAt: 1,
    checks: [],
    ...more,
    answers: { ...noMachineAnswers, identity: { as: 'new' }, name: 'pi-1', ...answers },
  };
}

/** For tests: a draft of these machines. */
export function sampleDraft(
  machines: readonly DraftMachine[],
  common: Partial<Draft['common']> = {},
): Draft {
  return {
    id: newId(),
    version: 1,
    createdAt: 1,
    changedAt: 1,
    who: 'ada',
    step: 'place',
    common: { ...noCommonAnswers, ...common },
    machines: [...machines],
    jobId: null,
  };
}
