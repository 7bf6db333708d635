import {
  type Icon,
  IconAlertTriangle,
  IconCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconUserCheck,
} from '@tabler/icons-react';
import type { CheckStatus, ShownCheck } from '../../../shared/checks/check.ts';
import type { Tone } from '../status-badge.tsx';

/** A result, or that a person lives with a bad one. */
export type CheckView = CheckStatus | 'accepted';

/** What wants to be looked at first. */
export const checkViews = [
  'fail',
  'warn',
  'unknown',
  'accepted',
  'pass',
  'not-applicable',
] as const satisfies readonly CheckView[];

interface Look {
  readonly word: string;
  readonly icon: Icon;
  readonly tone: Tone;
}

export const checkLooks: Readonly<Record<CheckView, Look>> = {
  fail: { word: 'Fail', icon: IconCircleX, tone: 'danger' },
  warn: { word: 'Warning', icon: IconAlertTriangle, tone: 'warn' },
  unknown: { word: 'Unknown', icon: IconCircleDashed, tone: 'neutral' },
  accepted: { word: 'Accepted', icon: IconUserCheck, tone: 'info' },
  pass: { word: 'Pass', icon: IconCheck, tone: 'ok' },
  'not-applicable': { word: 'Not applicable', icon: IconCircleMinus, tone: 'neutral' },
};

/** Whether a person may accept it: what is well needs no excuse. */
export const canBeAccepted = (status: CheckStatus) =>
  status === 'fail' || status === 'warn' || status === 'unknown';

/** An acceptance counts until its time is over, and only for what is not well. */
export function isAccepted({ accepted, status }: ShownCheck, now: number): boolean {
  if (accepted === null || !canBeAccepted(status)) return false;
  return accepted.until === null || accepted.until > now;
}

export function viewOf(check: ShownCheck, now: number): CheckView {
  return isAccepted(check, now) ? 'accepted' : check.status;
}

/** Tells results apart: one check may have several on one thing. */
export function checkKey({ check, part, subject }: ShownCheck): string {
  return [check, part, subject.id ?? subject.name].join('\n');
}
