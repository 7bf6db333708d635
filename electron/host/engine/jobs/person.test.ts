import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { here, jobsBed, until } from './trial/jobs-bed.ts';

const bed = jobsBed();

describe('a person', () => {
  it('cancels what runs: it is broken off, and nothing more is begun', async () => {
    bed.work.onDeed = (deed, { signal }) =>
      deed === 'apply a'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await bed.start({ pi: ['a', 'b'] });
    await until(() => bed.work.deeds.includes('apply a'));
    await bed.jobs.cancel(id);
    expect((await bed.jobs.ended(id)).state.state).toBe('cancelled');
    expect(bed.states(id)).toEqual(['failed', 'pending']);
    expect(bed.jobs.get(id).undoable).toBe(true);
  });

  it('answers what a job asks, in whichever window', async () => {
    const answers: unknown[] = [];
    bed.work.onDeed = async (deed, { ask }) => {
      if (deed !== 'apply a') return;
      answers.push(
        await ask({ kind: 'choice', text: 'Now?', choices: [{ id: 'y', label: 'Yes' }] }),
      );
    };
    const id = await bed.start({ pi: ['a'] });
    await until(() => bed.jobs.get(id).state.state === 'asking');
    const [question] = bed.jobs.get(id).questions;
    const questionId = question?.id ?? '';
    expect(bed.jobs.answer(id, questionId, { kind: 'choice', id: 'other' })).toEqual({
      taken: false,
    });
    expect(bed.jobs.answer(id, questionId, { kind: 'choice', id: 'y' })).toEqual({ taken: true });
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(answers).toEqual([{ kind: 'choice', id: 'y' }]);
  });

  it('is not guessed for: without one, what has to be asked ends the job as waiting', async () => {
    bed.work.onDeed = async (deed, { ask }) => {
      if (deed === 'probe b') await ask({ kind: 'choice', text: 'Now?', choices: [] });
    };
    const id = await bed.start({ pi: ['a', 'b'] }, { attended: false });
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'waiting', needs: 'Somebody has to decide: Now?' });
    expect(bed.states(id)).toEqual(['done', 'pending']);
  });

  it('may only do what the state of a job allows', async () => {
    const id = await bed.start({ pi: ['a'] });
    await bed.jobs.ended(id);
    for (const move of ['resume', 'cancel', 'leave'] as const) {
      await expect(bed.jobs[move](id, here)).rejects.toMatchObject({ code: 'JOB_STATE' });
    }
    await expect(bed.jobs.undo('0190a000-0000-7000-8000-000000000000', here)).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
  });

  it('has a step done once more, and those after it', async () => {
    const id = await bed.start({ pi: ['a', 'b'] });
    await bed.jobs.ended(id);
    bed.work.standing.set('b', 'absent');
    bed.work.onDeed = (deed) => {
      if (deed === 'probe c') throw new RackhelmError('STEP_NOT_DONE', 'x');
    };
    const again = await bed.start({ pi: ['a', 'b', 'c'] });
    await bed.jobs.ended(again);
    bed.work.onDeed = () => {};
    bed.work.standing.set('b', 'absent');
    const from = bed.jobs.get(again).lanes[0]?.steps[1]?.id ?? '';
    await bed.jobs.resume(again, { ...here, from });
    await bed.jobs.ended(again);
    expect(bed.work.changes()).toEqual(['apply a', 'apply b', 'apply b', 'apply b', 'apply c']);
  });
});
