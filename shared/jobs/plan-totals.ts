import type { PlanItem, PlannedLane, PlannedPhase } from './plan.ts';

export interface PlanTotals {
  /** Lanes in which something is done. */
  readonly machines: number;
  /** Phases that change something, or may. */
  readonly changes: number;
  /** Phases that find everything as they want it. */
  readonly present: number;
  readonly reboots: number;
  readonly warnings: number;
  /** Changes that cannot be undone. */
  readonly lasting: number;
}

/** Whether the phase has anything to do: what could not be looked at may have. */
export function changesSomething({ probed }: PlannedPhase): boolean {
  return probed.standing !== 'present';
}

export function isWarning(item: PlanItem): boolean {
  return item.kind === 'note' && item.weight === 'warning';
}

const rebootCommand = /(^|[\s;&|/])(reboot(?=[\s;&|]|$)|shutdown\s+(-\S+\s+)*-r\b)/;
const rebootNote = /\breboots?\b/i;

/** Plans have no mark for it: a command that reboots, or a warning that says so. */
export function reboots(phase: PlannedPhase): boolean {
  if (!changesSomething(phase)) return false;
  return phase.items.some((item) => {
    if (item.kind === 'command') return rebootCommand.test(item.command);
    return item.kind === 'note' && item.weight === 'warning' && rebootNote.test(item.text);
  });
}

export function totalsOf(lanes: readonly Pick<PlannedLane, 'phases'>[]): PlanTotals {
  const phases = lanes.flatMap((lane) => lane.phases);
  const changing = phases.filter(changesSomething);
  return {
    machines: lanes.filter((lane) => lane.phases.some(changesSomething)).length,
    changes: changing.length,
    present: phases.length - changing.length,
    reboots: changing.filter(reboots).length,
    warnings: changing.flatMap(({ items }) => items.filter(isWarning)).length,
    lasting: changing.filter(({ lasting }) => lasting !== null).length,
  };
}
