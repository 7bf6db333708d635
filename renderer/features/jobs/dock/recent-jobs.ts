import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { timesOf, wantsPerson } from '../job-words.ts';

export interface RecentJobs {
  /** Newest first, those that are under way among them. */
  readonly list: readonly JobSummary[];
  /** Up to then, what had ended is out of sight in this window. */
  readonly clearedAt: number;
}

/** Puts a job in its place, or a new one on top; of too many the oldest that ended go. */
export function withJob(
  list: readonly JobSummary[],
  job: JobSummary,
  most: number,
): readonly JobSummary[] {
  const at = list.findIndex(({ id }) => id === job.id);
  if (at !== -1) return list.with(at, job);
  const all = [job, ...list].sort((a, b) => b.createdAt - a.createdAt);
  if (all.length <= most) return all;
  const oldest = all.findLast(({ state }) => !isUnderWay(state)) ?? all.at(-1);
  return all.filter((each) => each !== oldest);
}

/** Without what had ended by then; what wants a person stays in sight. */
export function hiddenEnded(list: readonly JobSummary[], clearedAt: number): readonly JobSummary[] {
  if (clearedAt === 0) return list;
  return list.filter((job) => {
    const { endedAt } = timesOf(job);
    return endedAt === null || endedAt > clearedAt || wantsPerson(job);
  });
}

/** The one that the closed dock tells of: what asks, what runs, what waits, else what moved last. */
export function foremost(list: readonly JobSummary[]): JobSummary | undefined {
  return (
    list.find(({ state }) => state.state === 'asking') ??
    list.find(({ state }) => isUnderWay(state)) ??
    list.find(wantsPerson) ??
    list.reduce<JobSummary | undefined>(
      (latest, job) => (latest === undefined || movedAt(job) > movedAt(latest) ? job : latest),
      undefined,
    )
  );
}

function movedAt(job: JobSummary): number {
  const { startedAt, endedAt } = timesOf(job);
  return endedAt ?? startedAt ?? job.createdAt;
}

/** What the dock shows of them. */
export function shownRecent({ list, clearedAt }: RecentJobs): readonly JobSummary[] {
  return hiddenEnded(list, clearedAt);
}

/** Whether it goes when what has ended is cleared away. */
export function canBeHidden(job: JobSummary): boolean {
  return !isUnderWay(job.state) && !wantsPerson(job);
}
