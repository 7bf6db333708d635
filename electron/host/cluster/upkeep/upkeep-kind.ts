import { z } from 'zod';
import type { PlannedLane } from '../../../../shared/jobs/plan.ts';
import { id } from '../../../../shared/model/inventory.ts';
import { sshTarget } from '../../../../shared/model/ssh.ts';
import type { AnyPhase, JobKind, OpenContext } from '../../engine/jobs/index.ts';
import type { Machines, SudoMemory } from '../../engine/machines/index.ts';

/** What each such job is started with. Nothing secret. */
export const upkeepInput = z.object({
  clusterId: id,
  contextId: id,
  /** By lane; one that is not named has no machine. */
  machines: z.record(
    z.string().max(100),
    z.object({ name: z.string().max(255), target: sshTarget }),
  ),
});
export type UpkeepInput = z.infer<typeof upkeepInput>;

export interface UpkeepKindOptions {
  readonly kind: string;
  readonly phases: readonly AnyPhase[];
  readonly machines: Machines;
  readonly sudo: SudoMemory;
}

/** Jobs on a cluster and on the machines of its nodes. */
export function upkeepKind({ kind, phases, machines, sudo }: UpkeepKindOptions): JobKind {
  const machineOf = ({ lane }: PlannedLane, input: unknown) =>
    upkeepInput.parse(input).machines[lane];
  const asked = (context: OpenContext) => ({ ...context, ask: sudo.remembering(context.ask) });
  return {
    kind,
    version: 1,
    phases,
    afterCrash: 'ask',
    async open(lane, input, context) {
      const machine = machineOf(lane, input);
      if (machine === undefined) return null;
      return await machines.open(machine.target, { ...asked(context), name: machine.name });
    },
    async look(lane, input, context) {
      const machine = machineOf(lane, input);
      if (machine === undefined) return null;
      return await machines.look(machine.target, { ...asked(context), name: machine.name });
    },
    async ended({ state }) {
      // Else a resumed job would be given the wrong one again.
      if ('error' in state && state.error.code.startsWith('SUDO_')) sudo.forgetAll();
      return { report: null };
    },
  };
}
