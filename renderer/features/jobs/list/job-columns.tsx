import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { Ago } from '../../../ui/ago.tsx';
import type { DataColumn } from '../../../ui/data-table/columns.ts';
import { isolatedList } from '../../../ui/isolate.ts';
import { JobStateBadge } from '../job-state.tsx';
import { byWord, jobDuration, kindWord } from '../job-words.ts';

/** Names in a row; the page of the job has all. */
const named = 2;

function devicesText({ devices, deviceCount }: JobSummary): string {
  const names = isolatedList(devices.slice(0, named).map(({ name }) => name));
  const more = deviceCount - Math.min(named, devices.length);
  return more > 0 ? `${names} and ${more.toLocaleString('en')} more` : names;
}

export const jobColumns: readonly DataColumn<JobSummary>[] = [
  { id: 'state', header: 'State', size: 130, cell: ({ state }) => <JobStateBadge state={state} /> },
  {
    id: 'title',
    header: 'Job',
    size: 260,
    grow: true,
    cell: ({ title }) => <bdi>{title}</bdi>,
  },
  { id: 'kind', header: 'Kind', size: 110, cell: ({ kind }) => kindWord(kind) },
  { id: 'devices', header: 'Machines', size: 190, cell: (job) => <span>{devicesText(job)}</span> },
  {
    id: 'steps',
    header: 'Phases',
    size: 90,
    align: 'end',
    cell: ({ steps: { done, total } }) => `${done} of ${total}`,
  },
  {
    id: 'took',
    header: 'Took',
    size: 100,
    align: 'end',
    cell: (job) => (isUnderWay(job.state) ? '' : (jobDuration(job, 0) ?? '')),
  },
  {
    id: 'who',
    header: 'Begun by',
    size: 200,
    cell: ({ who, by }) => (
      <span>
        <bdi>{who}</bdi> {byWord(by)}
      </span>
    ),
  },
  { id: 'when', header: 'Begun', size: 110, cell: ({ createdAt }) => <Ago at={createdAt} short /> },
];
