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

export function reboots(phase: PlannedPhase): boolean {
  if (!changesSomething(phase)) return false;
  return phase.items.some((item) => item.kind === 'command' && item.restarts === true);
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
