import {
  type Icon,
  IconArrowsDiff,
  IconCheck,
  IconEyeOff,
  IconHelpCircle,
  IconPencilPlus,
  IconPin,
  IconRefresh,
} from '@tabler/icons-react';
import type { Comparison, ComparisonKind, ComparisonRow } from '../../../shared/model/inventory.ts';
import { formatCount } from '../../ui/formatting.ts';
import type { Tone } from '../../ui/status-badge.tsx';
import type { CompareView } from './compare-store.ts';

type State = ComparisonRow['state'];

export const compareWords: Readonly<Record<State, { label: string; icon: Icon; tone: Tone }>> = {
  same: { label: 'Same', icon: IconCheck, tone: 'ok' },
  differs: { label: 'Differs', icon: IconArrowsDiff, tone: 'warn' },
  'only-observed': { label: 'Not declared', icon: IconPencilPlus, tone: 'info' },
  'only-declared': { label: 'Not observed', icon: IconEyeOff, tone: 'neutral' },
  unknown: { label: 'Unknown', icon: IconHelpCircle, tone: 'neutral' },
};

interface Words {
  readonly label: string;
  readonly icon: Icon;
  readonly tone: Tone;
}

export const keptWords: Words = { label: 'Kept', icon: IconPin, tone: 'neutral' };
/** Of what changes without anybody deciding so. */
export const movingWords: Words = {
  label: 'Changes by itself',
  icon: IconRefresh,
  tone: 'neutral',
};

export const nothingWords: Readonly<Record<CompareView, string>> = {
  open: 'Nothing differs.',
  kept: 'Nothing is kept against what was observed.',
  all: 'There is nothing to compare.',
};

/** One of each kind, as a count names it. */
export const kindsWords: Readonly<Record<ComparisonKind, string>> = {
  field: 'field',
  interface: 'interface',
  mac: 'MAC',
  mtu: 'MTU',
  address: 'address',
};

/** `12 observed values could be accepted.`, and what is left out of that. */
export function summaryOf(open: number, { byItself, kept }: Comparison['counts']): string {
  const agreed = `Everything that was observed is declared${kept > 0 ? ' or kept' : ''}.`;
  const first = open === 0 ? agreed : `${formatCount(open, 'observed value')} could be accepted.`;
  const verb = byItself === 1 ? 'changes by itself' : 'change by themselves';
  const moving =
    open === 0 ? formatCount(byItself, 'value') : `${byItself.toLocaleString('en')} more`;
  return byItself === 0 ? first : `${first} ${moving} ${verb}.`;
}
