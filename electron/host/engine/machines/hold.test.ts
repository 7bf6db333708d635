import { expect, it } from 'vitest';
import type { JobAnswer, JobQuestion } from '../../../../shared/jobs/question.ts';
import { hold } from './hold.ts';
import type { LockBusy, MachineLock } from './machine-lock.ts';

const { signal } = new AbortController();
const busy: LockBusy = {
  state: 'busy',
  id: 'lock-1',
  owner: { host: 'desk', user: 'ada', job: 'job-1' },
  heardAgo: 3,
  heldFor: 9,
};

/** A machine that job-1 holds, and what was done to get it. */
async function holdWith(isOver: (job: string) => boolean) {
  const [pushed, questions]: [string[], JobQuestion[]] = [[], []];
  const lock: Pick<MachineLock, 'acquire'> = {
    async acquire(_, push = '') {
      pushed.push(push);
      return push === busy.id ? { state: 'held' } : busy;
    },
  };
  const ask = async (question: JobQuestion): Promise<JobAnswer> => {
    questions.push(question);
    return { kind: 'cancel' };
  };
  const ended = await hold(lock, { name: 'pi-1', ask, signal, isOver }).catch((error) => error);
  return { pushed, questions, ended };
}

it('takes the lock of a job of ours that died, and asks nobody', async () => {
  const { pushed, questions } = await holdWith((job) => job === 'job-1');
  expect(pushed).toEqual(['', 'lock-1']);
  expect(questions).toEqual([]);
});

it('asks before it takes the lock of any other job, however long that is silent', async () => {
  const { pushed, questions, ended } = await holdWith(() => false);
  expect(pushed).toEqual(['']);
  expect(questions).toMatchObject([{ kind: 'choice' }]);
  expect(ended).toMatchObject({ code: 'MACHINE_BUSY' });
});
