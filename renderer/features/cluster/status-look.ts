import {
  type Icon,
  IconAlertTriangle,
  IconCheck,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconLoader2,
} from '@tabler/icons-react';
import type { StatusLevel } from '../../../shared/cluster/status.ts';
import type { Tone } from '../../ui/status-badge.tsx';

interface Look {
  /** What a filter calls it. */
  readonly word: string;
  readonly icon: Icon;
  readonly tone: Tone;
}

export const statusLooks: Readonly<Record<StatusLevel, Look>> = {
  bad: { word: 'Does not work', icon: IconCircleX, tone: 'danger' },
  warn: { word: 'Wants a look', icon: IconAlertTriangle, tone: 'warn' },
  busy: { word: 'Under way', icon: IconLoader2, tone: 'info' },
  unknown: { word: 'Unknown', icon: IconHelpCircle, tone: 'neutral' },
  well: { word: 'Well', icon: IconCheck, tone: 'ok' },
  ended: { word: 'Ended', icon: IconCircleCheck, tone: 'neutral' },
};

export const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

/** A sentence as it begins and ends on its own. */
export function sentence(words: string): string {
  const text = capital(words);
  return /[.?…]$/.test(text) ? text : `${text}.`;
}
