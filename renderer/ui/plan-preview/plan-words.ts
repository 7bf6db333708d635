import {
  type Icon,
  IconArrowRight,
  IconCheck,
  IconCircleDashed,
  IconProgress,
} from '@tabler/icons-react';
import type { PlanItem, PlannedPhase, Standing } from '../../../shared/jobs/plan.ts';
import { isWarning, type PlanTotals } from '../../../shared/jobs/plan-totals.ts';
import { formatCount } from '../formatting.ts';
import type { Tone } from '../status-badge.tsx';

/** What is said of a phase at the end of its line. */
export interface PhaseLook {
  readonly word: string;
  readonly icon: Icon;
  readonly tone: Tone;
}

/** What the standing means for the one who reads the plan: what will happen. */
export const standingLooks: Readonly<Record<Standing, PhaseLook>> = {
  absent: { word: 'To do', icon: IconArrowRight, tone: 'info' },
  partly: { word: 'Partly there', icon: IconProgress, tone: 'info' },
  present: { word: 'Nothing to do', icon: IconCheck, tone: 'ok' },
  unknown: { word: 'Unknown', icon: IconCircleDashed, tone: 'warn' },
};

/** `83 changes on 16 machines`. */
export function changesText({ changes, machines }: PlanTotals): string {
  if (changes === 0) return 'Nothing to do';
  return `${formatCount(changes, 'change')} on ${formatCount(machines, 'machine')}`;
}

/** What else counts for the whole of it; what there is none of is not told. */
export function totalsWords(totals: PlanTotals): readonly string[] {
  const { reboots, warnings, lasting, present } = totals;
  return [
    ...(reboots > 0 ? [formatCount(reboots, 'reboot')] : []),
    ...(warnings > 0 ? [formatCount(warnings, 'warning')] : []),
    ...(lasting > 0 ? [`${lasting.toLocaleString('en')} cannot be undone`] : []),
    ...(present > 0 ? [`${present.toLocaleString('en')} already so`] : []),
  ];
}

/** `2 commands, 1 file`. */
export function itemsText(items: readonly PlanItem[]): string {
  const count = (kind: PlanItem['kind']) => items.filter((item) => item.kind === kind).length;
  const [commands, files, objects] = [count('command'), count('file'), count('object')];
  return [
    ...(commands > 0 ? [formatCount(commands, 'command')] : []),
    ...(files > 0 ? [formatCount(files, 'file')] : []),
    ...(objects > 0 ? [formatCount(objects, 'object')] : []),
  ].join(', ');
}

export const warningsOf = ({ items }: PlannedPhase) => items.filter(isWarning).length;

/** `12 to do, 3 already so, 1 unknown`: the phases of one machine. */
export function laneText(phases: readonly PlannedPhase[]): string {
  const count = (...standings: Standing[]) =>
    phases.filter(({ probed }) => standings.includes(probed.standing)).length;
  const [todo, present, unknown] = [count('absent', 'partly'), count('present'), count('unknown')];
  const parts = [
    ...(todo > 0 ? [`${todo} to do`] : []),
    ...(present > 0 ? [`${present} already so`] : []),
    ...(unknown > 0 ? [`${unknown} unknown`] : []),
  ];
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}
