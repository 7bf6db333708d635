import type {
  AnyPhase,
  JobKind,
  LookContext,
  PhaseContext,
} from '../../../electron/host/engine/jobs/index.ts';
import type { HeldMachine } from '../../../electron/host/engine/machines/index.ts';

/** When something breaks, in the order in which a phase passes them. */
export const moments = [
  /** Before it is looked at; the machine is held already. */
  'begins',
  /** In the journal; nothing was changed. */
  'begun',
  /** After the first of what it asked of the machine. */
  'middle',
  /** It is done, and is being taken back. */
  'undo',
] as const;
export type Moment = (typeof moments)[number];

/** The kind, with phases that call `strike` once, at that moment. */
export function struckAt(kind: JobKind, moment: Moment, strike: () => Promise<void>): JobKind {
  let isStruck = false;
  let isApplying = false;
  const at = async (now: Moment) => {
    if (isStruck || now !== moment) return;
    isStruck = true;
    await strike();
  };
  const wrap = (phase: AnyPhase): AnyPhase => ({
    ...phase,
    async probe(context: LookContext, params: unknown) {
      // While a plan is made there is no lane yet.
      if ('lane' in context) await at('begins');
      return await phase.probe(context, params);
    },
    async apply(context: PhaseContext, params: unknown, saved: unknown) {
      await at('begun');
      isApplying = true;
      try {
        await phase.apply(context, params, saved);
      } finally {
        isApplying = false;
      }
    },
    async undo(context: PhaseContext, params: unknown, saved: unknown) {
      await at('undo');
      await phase.undo(context, params, saved);
    },
  });
  return {
    ...kind,
    phases: kind.phases.map(wrap),
    async open(...words) {
      const machine = (await kind.open?.(...words)) ?? null;
      if (machine) tellOfWork(machine, async () => (isApplying ? await at('middle') : undefined));
      return machine;
    },
  };
}

const working = ['run', 'writeFile', 'deleteFile', 'reboot', 'moveTo'] as const;

/** On the machine itself, since phases are asked for exactly the one that was opened. */
function tellOfWork(machine: HeldMachine, tell: () => Promise<void>): void {
  for (const name of working) {
    const work = Reflect.get(machine, name, machine);
    const value = async (...words: unknown[]) => {
      const answer: unknown = await Reflect.apply(work, machine, words);
      await tell();
      return answer;
    };
    Object.defineProperty(machine, name, { value, configurable: true });
  }
}
