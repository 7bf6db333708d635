import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { here, jobsBed, until } from './trial/jobs-bed.ts';

const bed = jobsBed();

describe('after the process is gone', () => {
  /** As a crash leaves it: the first process never says that it ended. */
  async function broken(): Promise<string> {
    bed.work.onDeed = (deed, { signal }) =>
      deed === 'apply b'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await bed.start({ pi: ['a', 'b', 'c'] });
    await until(() => bed.work.deeds.includes('apply b'));
    await bed.jobs.close();
    bed.work.onDeed = () => {};
    return id;
  }

  it('a job stands as interrupted and waits for a person', async () => {
    const id = await broken();
    await bed.reopen();
    await bed.jobs.adopt({ resume: true });
    expect(bed.jobs.get(id).state.state).toBe('interrupted');
    expect(bed.states(id)).toEqual(['done', 'begun', 'pending']);
    await bed.jobs.resume(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(bed.work.changes()).toEqual(['apply a', 'apply b', 'apply b', 'apply c']);
  });

  it('lets go of a machine on which nothing was begun, once it is taken back', async () => {
    bed.work.onDeed = (deed, { signal }) =>
      deed === 'save a'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await bed.start({ pi: ['a'] });
    expect(bed.jobs.isOver(id)).toBe(false);
    await until(() => bed.work.deeds.includes('save a'));
    const asked: boolean[] = [];
    await bed.reopen({
      ...bed.work.kind,
      async open(_, __, { attended }) {
        asked.push(attended);
        throw new RackhelmError('SSH_TIMEOUT', 'Nobody answers.');
      },
    });
    expect([bed.jobs.isOver(id), bed.jobs.isOver('another')]).toEqual([true, false]);
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
    expect(asked).toEqual([false]);
    expect(await bed.texts(id)).toContain('Its lock may still lie there: Nobody answers.');
  });

  it('lets go of a machine on which only stands what stays', async () => {
    bed.work.onDeed = (deed, { signal }) =>
      deed === 'apply lasting'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await bed.start({ pi: ['lasting'] });
    await until(() => bed.work.deeds.includes('apply lasting'));
    let opened = 0;
    await bed.reopen({
      ...bed.work.kind,
      async open() {
        opened += 1;
        return null;
      },
    });
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
    expect([opened, bed.states(id)]).toEqual([1, ['begun']]);
  });

  it('looks again at what lasts where an undo of what was before it was broken off', async () => {
    const id = await bed.start({ pi: ['a', 'lasting'] });
    await bed.jobs.ended(id);
    bed.work.onDeed = (deed, { signal }) =>
      deed === 'undo a'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    await bed.jobs.undo(id, here);
    await until(() => bed.work.deeds.includes('undo a'));
    await bed.jobs.close();
    bed.work.onDeed = () => {};
    // As pods that come back to a node which takes pods again.
    for (const thing of ['a', 'lasting']) bed.work.standing.set(thing, 'absent');
    await bed.reopen();
    await bed.jobs.resume(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
    expect(bed.work.changes().slice(-2)).toEqual(['apply a', 'apply lasting']);
  });

  it('goes on by itself where its kind says so', async () => {
    const id = await broken();
    await bed.reopen({ ...bed.work.kind, afterCrash: 'resume' });
    await bed.jobs.adopt({ resume: true });
    expect((await bed.jobs.ended(id)).state.state).toBe('done');
  });

  it('never does again blindly what it cannot look at', async () => {
    const id = await broken();
    bed.work.standing.set('b', 'unknown');
    await bed.reopen();
    await bed.jobs.resume(id, here);
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'STEP_UNCERTAIN' } });
    expect(bed.work.changes()).toEqual(['apply a', 'apply b']);
  });

  it('is not gone on with by a release that means something else, but can be undone', async () => {
    const id = await broken();
    await bed.reopen({ ...bed.work.kind, version: 2, afterCrash: 'resume' });
    await bed.jobs.adopt({ resume: true });
    await expect(bed.jobs.resume(id, here)).rejects.toMatchObject({ code: 'JOB_OTHER_VERSION' });
    await bed.jobs.undo(id, here);
    expect((await bed.jobs.ended(id)).state.state).toBe('undone');
    expect(bed.work.changes().slice(2)).toEqual(['undo b', 'undo a']);
  });

  it('says so where a release has no such step to undo', async () => {
    const id = await broken();
    await bed.reopen({ ...bed.work.kind, version: 2, phases: [] });
    await bed.jobs.undo(id, here);
    const { state } = await bed.jobs.ended(id);
    expect(state).toMatchObject({ state: 'undo-failed', error: { code: 'JOB_OTHER_VERSION' } });
    await bed.jobs.leave(id);
    expect(bed.jobs.get(id).state.state).toBe('left');
  });
});

describe('two processes on one database', () => {
  it('never run the same job, and cancel each other’s', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    bed.work.onDeed = (deed, { signal }) => {
      if (deed !== 'apply a') return undefined;
      signal.addEventListener('abort', go);
      return gate;
    };
    const id = await bed.start({ pi: ['a', 'b'] });
    await until(() => bed.work.deeds.includes('apply a'));
    const other = bed.open();
    await other.adopt({ resume: true });
    expect(other.get(id).state.state).toBe('running');
    await other.cancel(id);
    const followed: string[] = [];
    for await (const event of other.follow(id)) {
      if (event.type === 'job') followed.push(event.job.state.state);
    }
    expect(followed.at(-1)).toBe('cancelled');
    expect(bed.states(id)[1]).toBe('pending');
    const both = await Promise.allSettled([bed.jobs.resume(id, here), other.resume(id, here)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await bed.jobs.ended(id);
  });
});
