import {
  type Icon,
  IconAlertTriangle,
  IconArrowBackUp,
  IconCheck,
  IconCircle,
  IconCircleCheck,
  IconCircleX,
  IconClock,
  IconEye,
  IconHandStop,
  IconHelpCircle,
  IconLoader2,
  IconPlayerPause,
  IconPlayerSkipForward,
} from '@tabler/icons-react';
import type { JobSummary } from '../../../shared/jobs/job.ts';
import type { JobStateName } from '../../../shared/jobs/job-state.ts';
import type { StepState } from '../../../shared/jobs/step-state.ts';
import { formatDuration } from '../../ui/formatting.ts';
import type { Tone } from '../../ui/status-badge.tsx';

interface Look {
  readonly word: string;
  readonly icon: Icon;
  readonly tone: Tone;
}

export const jobLooks: Readonly<Record<JobStateName, Look>> = {
  queued: { word: 'Queued', icon: IconClock, tone: 'neutral' },
  running: { word: 'Running', icon: IconLoader2, tone: 'info' },
  asking: { word: 'Asks you', icon: IconHelpCircle, tone: 'warn' },
  waiting: { word: 'Waits for you', icon: IconPlayerPause, tone: 'warn' },
  interrupted: { word: 'Interrupted', icon: IconHandStop, tone: 'warn' },
  failed: { word: 'Failed', icon: IconAlertTriangle, tone: 'danger' },
  cancelled: { word: 'Cancelled', icon: IconCircleX, tone: 'neutral' },
  undoing: { word: 'Undoing', icon: IconArrowBackUp, tone: 'info' },
  undone: { word: 'Undone', icon: IconArrowBackUp, tone: 'neutral' },
  'undo-failed': { word: 'Undo failed', icon: IconAlertTriangle, tone: 'danger' },
  done: { word: 'Done', icon: IconCheck, tone: 'ok' },
  left: { word: 'Left as it is', icon: IconPlayerSkipForward, tone: 'neutral' },
};

const stepLooks: Readonly<Record<StepState['state'], Look>> = {
  pending: { word: 'To come', icon: IconCircle, tone: 'neutral' },
  probing: { word: 'Looking', icon: IconEye, tone: 'info' },
  skipped: { word: 'Nothing to do', icon: IconCircleCheck, tone: 'neutral' },
  begun: { word: 'Running', icon: IconLoader2, tone: 'info' },
  done: { word: 'Done', icon: IconCheck, tone: 'ok' },
  failed: { word: 'Failed', icon: IconAlertTriangle, tone: 'danger' },
  undoing: { word: 'Undoing', icon: IconArrowBackUp, tone: 'info' },
  undone: { word: 'Undone', icon: IconArrowBackUp, tone: 'neutral' },
  'undo-failed': { word: 'Undo failed', icon: IconAlertTriangle, tone: 'danger' },
};

const broken: Look = { word: 'Broken off', icon: IconHandStop, tone: 'warn' };

/** A step as it stands: where the job has ended, what it was in the middle of no longer moves. */
export function stepLook({ state }: StepState, moving: boolean): Look {
  const inTheMiddle = state === 'begun' || state === 'probing' || state === 'undoing';
  return inTheMiddle && !moving ? broken : stepLooks[state];
}

/** What wants a person, in whatever window they are. */
export const wantsPerson = ({ state }: JobSummary): boolean =>
  state.state === 'asking' || state.state === 'waiting' || state.state === 'interrupted';

const kindWords: Readonly<Record<string, string>> = {
  onboarding: 'Onboarding',
  mending: 'Mending',
  offboarding: 'Off-boarding',
  refresh: 'Refresh',
  leave: 'Leaving a cluster',
  doctor: 'Bringing a node back',
};

/** `network-change` is a `Network change` until it has a word of its own. */
export function kindWord(kind: string): string {
  const known = kindWords[kind];
  if (known !== undefined) return known;
  const words = kind.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** When it began to run and when it ended; null: not yet. */
export function timesOf({ state }: Pick<JobSummary, 'state'>): {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
} {
  return {
    startedAt: 'startedAt' in state ? state.startedAt : null,
    endedAt: 'endedAt' in state ? state.endedAt : null,
  };
}

/** How long it ran, or runs by now. */
export function jobDuration(job: Pick<JobSummary, 'state'>, now: number): string | null {
  const { startedAt, endedAt } = timesOf(job);
  return startedAt === null ? null : formatDuration(Math.max(0, (endedAt ?? now) - startedAt));
}

/** How long a step took or takes by now; null where nothing of it ran, or nobody knows for how long. */
export function stepDuration(state: StepState, now: number | null): string | null {
  if (state.state === 'done' || state.state === 'failed') {
    return formatDuration(Math.max(0, state.at - state.startedAt));
  }
  const runs = state.state === 'begun' || state.state === 'probing' || state.state === 'undoing';
  return runs && now !== null ? formatDuration(Math.max(0, now - state.at)) : null;
}

/** What the last look at it found, or why it failed. */
export function stepFound(state: StepState): string | null {
  if ('found' in state) return state.found;
  return 'error' in state ? state.error.message : null;
}

const byWords = { window: 'in the window', cli: 'on the command line', schedule: 'by schedule' };
export const byWord = (by: JobSummary['by']) => byWords[by];
