import type { Activity } from '../../../shared/contract/system.ts';
import type { JobSummary } from '../../../shared/jobs/job.ts';
import type { JobState } from '../../../shared/jobs/job-state.ts';

/** What is no job of the engine yet, in the dock beside those that are: it has no page. */
export function activityAsJob(activity: Activity): JobSummary {
  const { id, title, startedAt, progress, lines } = activity;
  return {
    id,
    kind: 'activity',
    title,
    state: stateOf(activity),
    createdAt: startedAt,
    who: '',
    by: 'window',
    devices: [],
    deviceCount: 0,
    steps: { done: 0, total: 1 },
    progress,
    undoable: false,
    lastLine: lines.at(-1)?.text ?? null,
  };
}

export const isActivity = ({ kind }: JobSummary) => kind === 'activity';

function stateOf({ state, startedAt, endedAt }: Activity): JobState {
  if (state === 'running') return { state: 'running', startedAt };
  if (state === 'waiting') return { state: 'asking', startedAt };
  const ended = { startedAt, endedAt: endedAt ?? startedAt };
  if (state === 'failed') {
    return { state, ...ended, error: { code: 'FAILED', message: 'It failed.', hint: '' } };
  }
  return { state, ...ended };
}
