import { expect, it } from 'vitest';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { specimenJob } from '../page/job-specimens.ts';
import { foremost, hiddenEnded, withJob } from './recent-jobs.ts';

const job = (id: string, createdAt: number, state: JobSummary['state']): JobSummary => ({
  ...specimenJob(state),
  id,
  createdAt,
});
const done = (endedAt: number) => ({ state: 'done', startedAt: 1, endedAt }) as const;
const running = { state: 'running', startedAt: 5 } as const;
const ids = (list: readonly JobSummary[]) => list.map(({ id }) => id);

it('replaces a job in its place and puts a new one where it belongs', () => {
  const list = [job('b', 2, running), job('a', 1, running)];
  expect(withJob(list, job('a', 1, done(9)), 5).map(({ state }) => state.state)).toEqual([
    'running',
    'done',
  ]);
  expect(ids(withJob(list, job('c', 3, running), 5))).toEqual(['c', 'b', 'a']);
});

it('keeps what runs where there are too many', () => {
  const list = [job('b', 2, done(4)), job('a', 1, running)];
  expect(ids(withJob(list, job('c', 3, running), 2))).toEqual(['c', 'a']);
});

it('hides what had ended, not what wants a person', () => {
  const waiting = { state: 'waiting', startedAt: 1, endedAt: 2, needs: 'a password' } as const;
  const list = [
    job('c', 3, waiting),
    job('b', 2, running),
    job('a', 1, done(4)),
    job('d', 0, done(9)),
  ];
  expect(ids(hiddenEnded(list, 5))).toEqual(['c', 'b', 'd']);
});

it('tells first of what asks, then of what runs, of what waits, and of what ended last', () => {
  const asking = { state: 'asking', startedAt: 1 } as const;
  const ended = [job('a', 3, done(4)), job('b', 2, done(9))];
  expect(foremost(ended)?.id).toBe('b');
  const waiting = { state: 'waiting', startedAt: 1, endedAt: 2, needs: 'a password' } as const;
  expect(foremost([...ended, job('w', 1, waiting)])?.id).toBe('w');
  expect(foremost([...ended, job('w', 1, waiting), job('c', 1, running)])?.id).toBe('c');
  expect(foremost([...ended, job('c', 1, running), job('d', 0, asking)])?.id).toBe('d');
  expect(foremost([])).toBeUndefined();
});
