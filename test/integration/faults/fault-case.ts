import type { PlanItem } from '../../../shared/jobs/plan.ts';
import { type FaultKind, faultKinds } from '../../rack/faults/index.ts';
import type { FaultOptions } from '../../rack/index.ts';
import { type Moment, moments } from './moments.ts';

/** One fault at one moment of a phase. */
export interface FaultCase {
  readonly fault: FaultKind;
  readonly options: FaultOptions;
  readonly moment: Moment;
  /** Once the fault is gone: to its end, and then it is undone; or it is undone at once. */
  readonly next: 'on' | 'undo';
  /** It has nothing to do with what the phase does, which has to go through. */
  readonly isHarmless: boolean;
}

/** A phase and what it would do, as it was planned. */
export interface Planned {
  readonly phase: string;
  readonly items: readonly PlanItem[];
}

export function nameOfCase({ fault, options, moment, next }: FaultCase): string {
  const command = options.command === undefined ? '' : ` (${options.command})`;
  return `${fault}${command} at ${moment}, then ${next}`;
}

/** Every fault at every moment; the half of them goes on afterwards, the other half is undone. */
export function faultCases(planned: Planned): readonly FaultCase[] {
  return faultKinds.flatMap((fault, row) =>
    optionsOf(fault, planned).flatMap((options) =>
      moments.map((moment, column) => {
        const next = (row + column) % 2 === 0 ? 'on' : 'undo';
        return { fault, options, moment, next, isHarmless: isHarmless(fault, planned) };
      }),
    ),
  );
}

/** A command that fails is the first of the phase's own, or what every file is put in place with. */
function optionsOf(fault: FaultKind, { phase, items }: Planned): readonly FaultOptions[] {
  // Its end would take back what the phase has written since.
  if (fault === 'hostname-duplicated' && phase === 'hostname') return [];
  if (fault === 'reboot-slow') return [{ seconds: 4 }];
  if (fault !== 'command-hangs' && fault !== 'command-fails') return [{}];
  const own = items.flatMap((item) => (item.kind === 'command' ? programOf(item.command) : []));
  return [...new Set([...own.slice(0, 1), 'mv'])].map((command) => ({ command }));
}

const ofTheShell = /^(sudo|env|exec|command|if|then|case|in|esac|for|while|do|done|cd|test|set)$/;

/** The first word that names a program, after what the shell itself does. */
function programOf(command: string): string[] {
  const words = command.split(/\s+/).map((word) => word.replace(/^\/(usr\/)?s?bin\//, ''));
  return words.filter((word) => /^[a-z][\w.+-]*$/.test(word) && !ofTheShell.test(word)).slice(0, 1);
}

function isHarmless(fault: FaultKind, { phase, items }: Planned): boolean {
  const restarts = items.some((item) => item.kind === 'command' && item.command === 'reboot');
  if (fault.startsWith('reboot-')) return !restarts;
  // A machine that comes back as another one is noticed.
  if (fault === 'machine-id-cloned') return phase !== 'machine-id' && !restarts;
  if (fault === 'hostname-duplicated') return phase !== 'hostname';
  return fault === 'wrong-clock' || fault === 'under-voltage';
}
