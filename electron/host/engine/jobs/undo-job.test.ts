import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { here, jobsBed } from './trial/jobs-bed.ts';

const bed = jobsBed();

describe('undo', () => {
  it('takes back in reverse what stands, leaves what lasts, and says so', async () => {
    const id = await bed.start({ pi: ['a', 'lasting', 'b'] });
    await bed.jobs.ended(id);
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
    expect(bed.work.changes().slice(3)).toEqual(['undo b', 'undo a']);
    expect(bed.states(id)).toEqual(['undone', 'done', 'undone']);
    expect(await bed.texts(id)).toContain('"Make lasting" stays: It cannot be unmade.');
    expect(bed.jobs.get(id).undoable).toBe(false);
  });

  it('undoes what came after first, lane by lane', async () => {
    const id = await bed.start({ first: ['a'], second: ['b'] }, { after: { second: ['first'] } });
    await bed.jobs.ended(id);
    await bed.jobs.undo(id, here);
    await bed.jobs.ended(id);
    expect(bed.work.changes().slice(2)).toEqual(['undo b', 'undo a']);
  });

  it('takes back at one go what was built on each other side by side', async () => {
    const id = await bed.start({ first: ['a'], second: ['b'], third: ['c'] });
    await bed.jobs.ended(id);
    const holds = new Map([
      ['undo c', 'b'],
      ['undo b', 'a'],
    ]);
    bed.work.onDeed = (deed) => {
      if (bed.work.standing.get(holds.get(deed) ?? '') !== 'present') return;
      throw new RackhelmError('UNDO_CONFLICT', 'Another stands on it.');
    };
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
    expect(bed.states(id)).toEqual(['undone', 'undone', 'undone']);
  });

  it('gives up what somebody else holds', async () => {
    const id = await bed.start({ first: ['a'], second: ['b'] });
    await bed.jobs.ended(id);
    bed.work.onDeed = (deed) => {
      if (deed === 'undo b') throw new RackhelmError('UNDO_CONFLICT', 'Somebody changed it.');
    };
    await bed.jobs.undo(id, here);
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'undo-failed', error: { code: 'UNDO_CONFLICT' } });
    // Once more after the other was through, and that was no help.
    expect(bed.work.changes().filter((deed) => deed === 'undo b')).toHaveLength(2);
  });

  it('does nothing where it is gone already, and says where it could not', async () => {
    const id = await bed.start({ pi: ['a', 'b'] });
    await bed.jobs.ended(id);
    bed.work.standing.set('b', 'absent');
    bed.work.standing.set('a', 'unknown');
    await bed.jobs.undo(id, here);
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'undo-failed', error: { code: 'STEP_NOT_UNDONE' } });
    expect(bed.work.changes()).toEqual(['apply a', 'apply b']);
    expect(bed.states(id)).toEqual(['undo-failed', 'undone']);
    bed.work.standing.set('a', 'present');
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
  });
});
