import type { JobPage } from '../../../../shared/jobs/job.ts';
import type { PlannedLane } from '../../../../shared/jobs/plan.ts';
import type { AnyPhase, JobKind, OpenContext } from '../../engine/jobs/index.ts';
import type { Machines, SudoMemory } from '../../engine/machines/index.ts';
import { onboardingInput } from './onboarding-input.ts';
import { lookAtMachine, openMachine } from './open-machine.ts';
import type { Reached } from './reached.ts';

export interface OnboardingKindNeeds {
  readonly machines: Machines;
  readonly reached: Reached;
  readonly sudo: SudoMemory;
  readonly phases: readonly AnyPhase[];
  /** Markdown. */
  readonly reportOf: (job: JobPage) => string;
}

/** Jobs that bring machines in: a lane for each, with what its answers and its checks ask for. */
export function onboardingKind(needs: OnboardingKindNeeds): JobKind {
  const { machines, reached, sudo, phases, reportOf } = needs;
  const ways = { machines, reached };
  const inputOf = (lane: PlannedLane, input: unknown) =>
    onboardingInput.parse(input).machines[lane.lane];
  const remembering = (context: OpenContext) => ({
    ...context,
    ask: sudo.remembering(context.ask),
  });
  return {
    kind: 'onboarding',
    version: 1,
    phases,
    afterCrash: 'ask',
    async open(lane, input, context) {
      const machine = inputOf(lane, input);
      if (machine === undefined) return null;
      return await openMachine(ways, machine, remembering(context));
    },
    async look(lane, input, context) {
      const machine = inputOf(lane, input);
      if (machine === undefined) return null;
      return await lookAtMachine(ways, machine, remembering(context));
    },
    async ended(job) {
      const { state } = job;
      // Else a resumed job would be given the wrong one again.
      if ('error' in state && state.error.code.startsWith('SUDO_')) sudo.forgetAll();
      return { report: reportOf(job) };
    },
  };
}
