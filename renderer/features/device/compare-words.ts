import {
  type Icon,
  IconArrowsDiff,
  IconCheck,
  IconEyeOff,
  IconHelpCircle,
  IconPencilPlus,
} from '@tabler/icons-react';
import type { ComparisonRow } from '../../../shared/model/inventory.ts';
import type { Tone } from '../../ui/status-badge.tsx';

type State = ComparisonRow['state'];

export const compareWords: Readonly<Record<State, { label: string; icon: Icon; tone: Tone }>> = {
  same: { label: 'Same', icon: IconCheck, tone: 'ok' },
  differs: { label: 'Differs', icon: IconArrowsDiff, tone: 'warn' },
  'only-observed': { label: 'Not declared', icon: IconPencilPlus, tone: 'info' },
  'only-declared': { label: 'Not observed', icon: IconEyeOff, tone: 'neutral' },
  unknown: { label: 'Unknown', icon: IconHelpCircle, tone: 'neutral' },
};

/** Rows in the order of their groups' first appearance. */
export function byGroup(rows: readonly ComparisonRow[]): Map<string, ComparisonRow[]> {
  const groups = new Map<string, ComparisonRow[]>();
  for (const row of rows) groups.set(row.group, [...(groups.get(row.group) ?? []), row]);
  return groups;
}

/** Rows worth a look: whatever does not plainly agree. */
export function notSame(rows: readonly ComparisonRow[]): ComparisonRow[] {
  return rows.filter((row) => row.state !== 'same');
}
