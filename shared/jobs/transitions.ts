import type { JobState } from './job-state.ts';
import type { StepError, StepState } from './step-state.ts';
import { mayStand } from './step-state.ts';

/** What happens to a step. `at`: UTC milliseconds. */
export type StepEvent =
  | { readonly type: 'probe' }
  /** The probe said present. `stands`: because of this step, which did it before. */
  | { readonly type: 'present'; readonly found: string; readonly stands: boolean }
  | { readonly type: 'begin' }
  | { readonly type: 'done'; readonly found: string }
  /** `begun`: something may stand of it. */
  | { readonly type: 'fail'; readonly error: StepError; readonly begun: boolean }
  /** It was broken off and says nothing of how it went: the next probe tells. `stands`: it was begun. */
  | { readonly type: 'drop'; readonly stands: boolean }
  | { readonly type: 'undo' }
  | { readonly type: 'undone'; readonly found: string }
  | { readonly type: 'undo-failed'; readonly error: StepError };

/** The state after it; null where this cannot happen to a step in this state. */
export function nextStep(step: StepState, event: StepEvent, at: number): StepState | null {
  switch (event.type) {
    case 'probe':
      return step.state === 'probing' ? null : { state: 'probing', at };
    case 'present':
      if (step.state !== 'probing') return null;
      return event.stands
        ? { state: 'done', at, startedAt: step.at, found: event.found }
        : { state: 'skipped', at, found: event.found };
    case 'begin':
      return step.state === 'probing' || step.state === 'begun' ? { state: 'begun', at } : null;
    case 'done':
      if (step.state !== 'begun') return null;
      return { state: 'done', at, startedAt: step.at, found: event.found };
    case 'fail':
      return failed(step, event, at);
    case 'drop':
      if (step.state === 'begun') return step;
      if (step.state !== 'probing') return null;
      return event.stands ? { state: 'begun', at } : { state: 'pending' };
    case 'undo':
      return mayStand(step) ? { state: 'undoing', at } : null;
    case 'undone':
      return step.state === 'undoing' ? { state: 'undone', at, found: event.found } : null;
    case 'undo-failed':
      return step.state === 'undoing' ? { state: 'undo-failed', at, error: event.error } : null;
  }
}

function failed(
  step: StepState,
  { error, begun }: Extract<StepEvent, { type: 'fail' }>,
  at: number,
): StepState | null {
  if (step.state === 'begun') {
    return { state: 'failed', at, startedAt: step.at, error, begun: true };
  }
  if (step.state === 'probing') return { state: 'failed', at, startedAt: step.at, error, begun };
  return step.state === 'pending'
    ? { state: 'failed', at, startedAt: at, error, begun: false }
    : null;
}

/** What happens to a job. */
export type JobHappening =
  | { readonly type: 'queue' }
  | { readonly type: 'run' }
  | { readonly type: 'ask' }
  | { readonly type: 'answered' }
  | { readonly type: 'done' }
  | { readonly type: 'fail'; readonly error: StepError }
  | { readonly type: 'need'; readonly needs: string }
  | { readonly type: 'cancelled' }
  /** The host ended, in order or not. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'undo' }
  | { readonly type: 'undone' }
  | { readonly type: 'undo-failed'; readonly error: StepError }
  | { readonly type: 'leave' };

const from: Readonly<Record<JobHappening['type'], readonly JobState['state'][]>> = {
  queue: ['waiting', 'interrupted', 'failed', 'cancelled'],
  run: ['queued'],
  ask: ['running'],
  answered: ['asking'],
  done: ['running'],
  fail: ['queued', 'running', 'asking'],
  need: ['running'],
  cancelled: ['queued', 'running', 'asking'],
  interrupt: ['queued', 'running', 'asking', 'undoing'],
  undo: ['waiting', 'interrupted', 'failed', 'cancelled', 'undo-failed', 'done', 'left'],
  undone: ['undoing'],
  'undo-failed': ['undoing'],
  leave: ['waiting', 'interrupted', 'failed', 'cancelled', 'undo-failed'],
};

/** The state after it; null where this cannot happen to a job in this state. */
export function nextJob(job: JobState, event: JobHappening, at: number): JobState | null {
  if (!from[event.type].includes(job.state)) return null;
  const startedAt = 'startedAt' in job ? job.startedAt : at;
  const ended = { startedAt, endedAt: at };
  switch (event.type) {
    case 'queue':
      return { state: 'queued' };
    case 'run':
      return { state: 'running', startedAt: at };
    case 'ask':
      return { state: 'asking', startedAt };
    case 'answered':
      return { state: 'running', startedAt };
    case 'undo':
      return { state: 'undoing', startedAt: at };
    case 'need':
      return { state: 'waiting', ...ended, needs: event.needs };
    case 'fail':
      return { state: 'failed', ...ended, error: event.error };
    case 'undo-failed':
      return { state: 'undo-failed', ...ended, error: event.error };
    case 'interrupt':
      return { state: 'interrupted', ...ended };
    case 'leave':
      return { state: 'left', ...ended };
    case 'done':
    case 'cancelled':
    case 'undone':
      return { state: event.type, ...ended };
  }
}
