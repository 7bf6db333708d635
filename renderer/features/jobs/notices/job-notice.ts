import type { DesktopNotice } from '../../../../shared/desktop-notice.ts';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { formatDuration } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { jobLooks, timesOf } from '../job-words.ts';

/** A job that ends sooner is still in the person's mind. */
const longMs = 30_000;

const ends: ReadonlySet<string> = new Set(['done', 'failed', 'waiting', 'undone', 'undo-failed']);

/** What a person who is elsewhere wants to know of it now; null: nothing. */
export function noticeOf(job: JobSummary): DesktopNotice | null {
  const { state } = job;
  const { startedAt, endedAt } = timesOf(job);
  const took = startedAt === null || endedAt === null ? 0 : endedAt - startedAt;
  // It may ask long after it began, and it goes no farther until somebody answers.
  const told = state.state === 'asking' || (ends.has(state.state) && took > longMs);
  if (!told) return null;
  const title = `${jobLooks[state.state].word}: ${isolated(job.title)}`;
  return { jobId: job.id, title: title.slice(0, 200), body: bodyOf(job, took).slice(0, 500) };
}

function bodyOf({ state, lastLine }: JobSummary, took: number): string {
  if (state.state === 'asking') return 'It goes on when you have answered.';
  if (state.state === 'waiting') return isolated(state.needs);
  if ('error' in state) return isolated(state.error.message);
  return [`It took ${formatDuration(took)}.`, lastLine === null ? '' : isolated(lastLine)]
    .join(' ')
    .trim();
}

/** The same is told once, however often the host tells of the job. */
export function noticeKey(job: JobSummary): string {
  const { endedAt } = timesOf(job);
  return `${job.id} ${job.state.state} ${endedAt}`;
}
