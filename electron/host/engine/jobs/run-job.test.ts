import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { here, jobsBed } from './trial/jobs-bed.ts';

const bed = jobsBed();

const everything = { states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 10 };

describe('a job', () => {
  it('probes, saves, applies and probes each step in its order, and is kept', async () => {
    const id = await bed.start({ pi: ['a', 'b'] });
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(bed.work.deeds).toEqual(
      ['a', 'b'].flatMap((x) => [`probe ${x}`, `save ${x}`, `apply ${x}`, `probe ${x}`]),
    );
    expect(bed.states(id)).toEqual(['done', 'done']);
    expect(bed.jobs.list({ ...everything, search: 'make' }).rows[0]).toMatchObject({
      id,
      steps: { done: 2, total: 2 },
      undoable: true,
    });
    expect(await bed.texts(id)).toContain('a is present.');
  });

  it('leaves out what stands already, and has nothing to undo of it', async () => {
    bed.work.standing.set('a', 'present');
    const id = await bed.start({ pi: ['a'] });
    await bed.jobs.ended(id);
    expect([bed.states(id), bed.jobs.get(id).undoable]).toEqual([['skipped'], false]);
    expect(bed.work.changes()).toEqual([]);
  });

  it('does nothing where it cannot be found out how it stands', async () => {
    bed.work.standing.set('a', 'unknown');
    const id = await bed.start({ pi: ['a', 'b'] });
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'STEP_UNCERTAIN' } });
    expect(bed.work.changes()).toEqual([]);
    expect(bed.states(id)).toEqual(['failed', 'pending']);
  });

  it('fails where the probe does not confirm what was done, and goes on from there', async () => {
    bed.work.onDeed = (deed) => {
      if (deed === 'apply a') throw new RackhelmError('STEP_NOT_DONE', 'No luck.');
    };
    const id = await bed.start({ pi: ['a', 'b'] });
    expect((await bed.jobs.ended(id)).state.state).toBe('failed');
    expect(bed.jobs.get(id)).toMatchObject({ undoable: true });
    bed.work.onDeed = () => {};
    await bed.jobs.resume(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(bed.work.changes()).toEqual(['apply a', 'apply a', 'apply b']);
    // It stood in parts: what was there before the first attempt is what undo needs.
    expect(bed.work.deeds.filter((deed) => deed === 'save a')).toHaveLength(1);
  });

  it('runs lanes side by side, each after those that it names, and not after one that failed', async () => {
    bed.work.onDeed = (deed) => {
      if (deed === 'apply bad') throw new RackhelmError('STEP_NOT_DONE', 'No luck.');
    };
    const after = { second: ['first'], third: ['broken'] };
    const lanes = { second: ['b'], first: ['a'], broken: ['bad'], third: ['c'] };
    const id = await bed.start(lanes, { after });
    await bed.jobs.ended(id);
    expect(bed.work.deeds.indexOf('apply b')).toBeGreaterThan(
      bed.work.deeds.lastIndexOf('probe a'),
    );
    expect(bed.states(id)).toEqual(['done', 'done', 'failed', 'pending']);
  });

  it('runs no more lanes at once than it may', async () => {
    let [now, most] = [0, 0];
    let letGo = () => {};
    const eight = new Promise<void>((resolve) => (letGo = resolve));
    bed.work.onDeed = async (deed) => {
      if (!deed.startsWith('apply')) return;
      now += 1;
      most = Math.max(most, now);
      if (now === 8) setTimeout(letGo, 20);
      await eight;
      now -= 1;
    };
    const lanes = Array.from({ length: 12 }, (_, n) => [`lane-${n}`, [`thing-${n}`]] as const);
    await bed.jobs.ended(
      await bed.start(Object.fromEntries(lanes.map(([lane, things]) => [lane, [...things]]))),
    );
    expect(most).toBe(8);
  });
});

describe('losing contact', () => {
  const lost = new RackhelmError('SSH_CONNECTION_LOST', 'The connection was lost.');

  it('is no failure: it looks again, and does not do twice what was done', async () => {
    let times = 0;
    bed.work.onDeed = (deed) => {
      if (deed !== 'probe a') return;
      times += 1;
      if (times === 2) throw lost;
    };
    const id = await bed.start({ pi: ['a'] });
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(bed.work.changes()).toEqual(['apply a']);
  });

  it('leaves the step begun where the machine does not come back, and goes on later', async () => {
    let away = false;
    bed.work.onDeed = (deed) => {
      if (deed === 'apply a') away = true;
      if (away) throw lost;
    };
    const id = await bed.start({ pi: ['a'] });
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'CONTACT_LOST' } });
    expect(bed.states(id)).toEqual(['begun']);
    bed.work.onDeed = () => {};
    await bed.jobs.resume(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
  });

  it('tries a command once more that ran into its limit on a machine that answers', async () => {
    bed.work.onDeed = (deed) => {
      if (deed === 'apply a')
        throw new RackhelmError('SSH_TIMEOUT', 'pi did not finish "mv" in time.', {
          data: { unfinished: true },
        });
    };
    const id = await bed.start({ pi: ['a'] });
    const { state } = await bed.jobs.ended(id);
    const message = '"Make a" did not come to its end: pi did not finish "mv" in time.';
    expect(state).toMatchObject({ state: 'failed', error: { code: 'STEP_UNFINISHED', message } });
    expect(bed.work.changes()).toEqual(['apply a', 'apply a']);
    expect(bed.states(id)).toEqual(['begun']);
  });

  it('tries nothing again after a wrong sudo password', async () => {
    bed.work.onDeed = (deed) => {
      if (deed === 'apply a') throw new RackhelmError('SUDO_PASSWORD_WRONG', 'Wrong.');
    };
    await bed.jobs.ended(await bed.start({ pi: ['a'] }));
    expect(bed.work.changes()).toEqual(['apply a']);
  });
});
