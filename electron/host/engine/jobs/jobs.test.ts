import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createJobs, type JobsOptions } from './create-jobs.ts';
import { FakeWork } from './fake-work.ts';
import type { Jobs } from './jobs.ts';

let data: TemporaryData;
let database: Database;
let work: FakeWork;
let jobs: Jobs;
const opened: Jobs[] = [];
const faults: unknown[] = [];

function open(kind = work.kind, limits: JobsOptions['limits'] = {}): Jobs {
  const made = createJobs({
    database,
    report: (error) => faults.push(error),
    limits: { reopenAfterMs: [0, 0], ...limits },
  });
  made.register(kind);
  opened.push(made);
  return made;
}

beforeEach(() => {
  data = temporaryData();
  database = data.open();
  work = new FakeWork();
  jobs = open();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  data.remove();
  expect(faults.splice(0)).toEqual([]);
});

async function start(
  lanes: Record<string, string[]>,
  { after = {}, attended = true }: { after?: Record<string, string[]>; attended?: boolean } = {},
): Promise<string> {
  const plan = work.plan(lanes, after);
  const request = { kind: 'making', title: 'Make it', plan, input: {}, by: 'window' } as const;
  return (await jobs.start({ ...request, attended })).id;
}
const ended = (id: string) => jobs.ended(id);
const states = (id: string) =>
  jobs.get(id).lanes.flatMap(({ steps }) => steps.map(({ state }) => state.state));
const texts = async (id: string) =>
  (await jobs.log(id, { stepId: null, after: null, search: '', limit: 500 })).lines.map(
    ({ text }) => text,
  );

describe('a job', () => {
  it('probes, saves, applies and probes each step in its order, and is kept', async () => {
    const id = await start({ pi: ['a', 'b'] });
    expect((await ended(id)).state.state).toBe('done');
    expect(work.deeds).toEqual(
      ['a', 'b'].flatMap((x) => [`probe ${x}`, `save ${x}`, `apply ${x}`, `probe ${x}`]),
    );
    expect(states(id)).toEqual(['done', 'done']);
    expect(jobs.list({ ...everything, search: 'make' }).rows[0]).toMatchObject({
      id,
      steps: { done: 2, total: 2 },
      undoable: true,
    });
    expect(await texts(id)).toContain('a is present.');
  });

  it('leaves out what stands already, and has nothing to undo of it', async () => {
    work.standing.set('a', 'present');
    const id = await start({ pi: ['a'] });
    await ended(id);
    expect([states(id), jobs.get(id).undoable]).toEqual([['skipped'], false]);
    expect(work.changes()).toEqual([]);
  });

  it('does nothing where it cannot be found out how it stands', async () => {
    work.standing.set('a', 'unknown');
    const id = await start({ pi: ['a', 'b'] });
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'STEP_UNCERTAIN' } });
    expect(work.changes()).toEqual([]);
    expect(states(id)).toEqual(['failed', 'pending']);
  });

  it('fails where the probe does not confirm what was done, and goes on from there', async () => {
    work.onDeed = (deed) => {
      if (deed === 'apply a') throw new RackhelmError('STEP_NOT_DONE', 'No luck.');
    };
    const id = await start({ pi: ['a', 'b'] });
    expect((await ended(id)).state.state).toBe('failed');
    expect(jobs.get(id)).toMatchObject({ undoable: true });
    work.onDeed = () => {};
    await jobs.resume(id, here);
    expect((await ended(id)).state.state).toBe('done');
    expect(work.changes()).toEqual(['apply a', 'apply a', 'apply b']);
    // It stood in parts: what was there before the first attempt is what undo needs.
    expect(work.deeds.filter((deed) => deed === 'save a')).toHaveLength(1);
  });

  it('runs lanes side by side, each after those that it names, and not after one that failed', async () => {
    work.onDeed = (deed) => {
      if (deed === 'apply bad') throw new RackhelmError('STEP_NOT_DONE', 'No luck.');
    };
    const after = { second: ['first'], third: ['broken'] };
    const lanes = { second: ['b'], first: ['a'], broken: ['bad'], third: ['c'] };
    const id = await start(lanes, { after });
    await ended(id);
    expect(work.deeds.indexOf('apply b')).toBeGreaterThan(work.deeds.lastIndexOf('probe a'));
    expect(states(id)).toEqual(['done', 'done', 'failed', 'pending']);
  });

  it('runs no more lanes at once than it may', async () => {
    let [now, most] = [0, 0];
    let letGo = () => {};
    const eight = new Promise<void>((resolve) => (letGo = resolve));
    work.onDeed = async (deed) => {
      if (!deed.startsWith('apply')) return;
      now += 1;
      most = Math.max(most, now);
      if (now === 8) setTimeout(letGo, 20);
      await eight;
      now -= 1;
    };
    const lanes = Array.from({ length: 12 }, (_, n) => [`lane-${n}`, [`thing-${n}`]] as const);
    await ended(
      await start(Object.fromEntries(lanes.map(([lane, things]) => [lane, [...things]]))),
    );
    expect(most).toBe(8);
  });
});

describe('losing contact', () => {
  const lost = new RackhelmError('SSH_CONNECTION_LOST', 'The connection was lost.');

  it('is no failure: it looks again, and does not do twice what was done', async () => {
    let times = 0;
    work.onDeed = (deed) => {
      if (deed !== 'probe a') return;
      times += 1;
      if (times === 2) throw lost;
    };
    const id = await start({ pi: ['a'] });
    expect((await ended(id)).state.state).toBe('done');
    expect(work.changes()).toEqual(['apply a']);
  });

  it('leaves the step begun where the machine does not come back, and goes on later', async () => {
    let away = false;
    work.onDeed = (deed) => {
      if (deed === 'apply a') away = true;
      if (away) throw lost;
    };
    const id = await start({ pi: ['a'] });
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'CONTACT_LOST' } });
    expect(states(id)).toEqual(['begun']);
    work.onDeed = () => {};
    await jobs.resume(id, here);
    expect((await ended(id)).state.state).toBe('done');
  });

  it('tries nothing again after a wrong sudo password', async () => {
    work.onDeed = (deed) => {
      if (deed === 'apply a') throw new RackhelmError('SUDO_PASSWORD_WRONG', 'Wrong.');
    };
    await ended(await start({ pi: ['a'] }));
    expect(work.changes()).toEqual(['apply a']);
  });
});

describe('undo', () => {
  it('takes back in reverse what stands, leaves what lasts, and says so', async () => {
    const id = await start({ pi: ['a', 'lasting', 'b'] });
    await ended(id);
    await jobs.undo(id, here);
    expect((await ended(id)).state.state).toBe('undone');
    expect(work.changes().slice(3)).toEqual(['undo b', 'undo a']);
    expect(states(id)).toEqual(['undone', 'done', 'undone']);
    expect(await texts(id)).toContain('"Make lasting" stays: It cannot be unmade.');
    expect(jobs.get(id).undoable).toBe(false);
  });

  it('undoes what came after first, lane by lane', async () => {
    const id = await start({ first: ['a'], second: ['b'] }, { after: { second: ['first'] } });
    await ended(id);
    await jobs.undo(id, here);
    await ended(id);
    expect(work.changes().slice(2)).toEqual(['undo b', 'undo a']);
  });

  it('does nothing where it is gone already, and says where it could not', async () => {
    const id = await start({ pi: ['a', 'b'] });
    await ended(id);
    work.standing.set('b', 'absent');
    work.standing.set('a', 'unknown');
    await jobs.undo(id, here);
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'undo-failed', error: { code: 'STEP_NOT_UNDONE' } });
    expect(work.changes()).toEqual(['apply a', 'apply b']);
    expect(states(id)).toEqual(['undo-failed', 'undone']);
    work.standing.set('a', 'present');
    await jobs.undo(id, here);
    expect((await ended(id)).state.state).toBe('undone');
  });
});

describe('a person', () => {
  it('cancels what runs: it is broken off, and nothing more is begun', async () => {
    work.onDeed = (deed, { signal }) =>
      deed === 'apply a'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await start({ pi: ['a', 'b'] });
    await until(() => work.deeds.includes('apply a'));
    await jobs.cancel(id);
    expect((await ended(id)).state.state).toBe('cancelled');
    expect(states(id)).toEqual(['failed', 'pending']);
    expect(jobs.get(id).undoable).toBe(true);
  });

  it('answers what a job asks, in whichever window', async () => {
    const answers: unknown[] = [];
    work.onDeed = async (deed, { ask }) => {
      if (deed !== 'apply a') return;
      answers.push(
        await ask({ kind: 'choice', text: 'Now?', choices: [{ id: 'y', label: 'Yes' }] }),
      );
    };
    const id = await start({ pi: ['a'] });
    await until(() => jobs.get(id).state.state === 'asking');
    const [question] = jobs.get(id).questions;
    const questionId = question?.id ?? '';
    expect(jobs.answer(id, questionId, { kind: 'choice', id: 'other' })).toEqual({ taken: false });
    expect(jobs.answer(id, questionId, { kind: 'choice', id: 'y' })).toEqual({ taken: true });
    expect((await ended(id)).state.state).toBe('done');
    expect(answers).toEqual([{ kind: 'choice', id: 'y' }]);
  });

  it('is not guessed for: without one, what has to be asked ends the job as waiting', async () => {
    work.onDeed = async (deed, { ask }) => {
      if (deed === 'probe b') await ask({ kind: 'choice', text: 'Now?', choices: [] });
    };
    const id = await start({ pi: ['a', 'b'] }, { attended: false });
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'waiting', needs: 'Somebody has to decide: Now?' });
    expect(states(id)).toEqual(['done', 'pending']);
  });

  it('may only do what the state of a job allows', async () => {
    const id = await start({ pi: ['a'] });
    await ended(id);
    for (const move of ['resume', 'cancel', 'leave'] as const) {
      await expect(jobs[move](id, here)).rejects.toMatchObject({ code: 'JOB_STATE' });
    }
    await expect(jobs.undo('0190a000-0000-7000-8000-000000000000', here)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('has a step done once more, and those after it', async () => {
    const id = await start({ pi: ['a', 'b'] });
    await ended(id);
    work.standing.set('b', 'absent');
    work.onDeed = (deed) => {
      if (deed === 'probe c') throw new RackhelmError('STEP_NOT_DONE', 'x');
    };
    const again = await start({ pi: ['a', 'b', 'c'] });
    await ended(again);
    work.onDeed = () => {};
    work.standing.set('b', 'absent');
    const from = jobs.get(again).lanes[0]?.steps[1]?.id ?? '';
    await jobs.resume(again, { ...here, from });
    await ended(again);
    expect(work.changes()).toEqual(['apply a', 'apply b', 'apply b', 'apply b', 'apply c']);
  });
});

describe('after the process is gone', () => {
  /** As a crash leaves it: the first process never says that it ended. */
  async function broken(): Promise<string> {
    work.onDeed = (deed, { signal }) =>
      deed === 'apply b'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await start({ pi: ['a', 'b', 'c'] });
    await until(() => work.deeds.includes('apply b'));
    await jobs.close();
    opened.splice(0);
    work.onDeed = () => {};
    return id;
  }

  it('a job stands as interrupted and waits for a person', async () => {
    const id = await broken();
    jobs = open();
    await jobs.adopt({ resume: true });
    expect(jobs.get(id).state.state).toBe('interrupted');
    expect(states(id)).toEqual(['done', 'begun', 'pending']);
    await jobs.resume(id, here);
    expect((await ended(id)).state.state).toBe('done');
    expect(work.changes()).toEqual(['apply a', 'apply b', 'apply b', 'apply c']);
  });

  it('lets go of a machine on which nothing was begun, once it is taken back', async () => {
    work.onDeed = (deed, { signal }) =>
      deed === 'save a'
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : undefined;
    const id = await start({ pi: ['a'] });
    expect(jobs.isOver(id)).toBe(false);
    await until(() => work.deeds.includes('save a'));
    await jobs.close();
    opened.splice(0);
    const asked: boolean[] = [];
    jobs = open({
      ...work.kind,
      async open(_, __, { attended }) {
        asked.push(attended);
        throw new RackhelmError('SSH_TIMEOUT', 'Nobody answers.');
      },
    });
    expect([jobs.isOver(id), jobs.isOver('another')]).toEqual([true, false]);
    await jobs.undo(id, here);
    expect((await ended(id)).state.state).toBe('undone');
    expect(asked).toEqual([false]);
    expect(await texts(id)).toContain('Its lock may still lie there: Nobody answers.');
  });

  it('goes on by itself where its kind says so', async () => {
    const id = await broken();
    jobs = open({ ...work.kind, afterCrash: 'resume' });
    await jobs.adopt({ resume: true });
    expect((await ended(id)).state.state).toBe('done');
  });

  it('never does again blindly what it cannot look at', async () => {
    const id = await broken();
    work.standing.set('b', 'unknown');
    jobs = open();
    await jobs.resume(id, here);
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'failed', error: { code: 'STEP_UNCERTAIN' } });
    expect(work.changes()).toEqual(['apply a', 'apply b']);
  });

  it('is not gone on with by a release that means something else, but can be undone', async () => {
    const id = await broken();
    jobs = open({ ...work.kind, version: 2, afterCrash: 'resume' });
    await jobs.adopt({ resume: true });
    await expect(jobs.resume(id, here)).rejects.toMatchObject({ code: 'JOB_OTHER_VERSION' });
    await jobs.undo(id, here);
    expect((await ended(id)).state.state).toBe('undone');
    expect(work.changes().slice(2)).toEqual(['undo b', 'undo a']);
  });

  it('says so where a release has no such step to undo', async () => {
    const id = await broken();
    jobs = open({ ...work.kind, version: 2, phases: [] });
    await jobs.undo(id, here);
    const { state } = await ended(id);
    expect(state).toMatchObject({ state: 'undo-failed', error: { code: 'JOB_OTHER_VERSION' } });
    await jobs.leave(id);
    expect(jobs.get(id).state.state).toBe('left');
  });
});

describe('two processes on one database', () => {
  it('never run the same job, and cancel each other’s', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    work.onDeed = (deed, { signal }) => {
      if (deed !== 'apply a') return undefined;
      signal.addEventListener('abort', go);
      return gate;
    };
    const id = await start({ pi: ['a', 'b'] });
    await until(() => work.deeds.includes('apply a'));
    const other = open();
    await other.adopt({ resume: true });
    expect(other.get(id).state.state).toBe('running');
    await other.cancel(id);
    const followed: string[] = [];
    for await (const event of other.follow(id)) {
      if (event.type === 'job') followed.push(event.job.state.state);
    }
    expect(followed.at(-1)).toBe('cancelled');
    expect(states(id)[1]).toBe('pending');
    const both = await Promise.allSettled([jobs.resume(id, here), other.resume(id, here)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await jobs.ended(id);
  });
});

it('tells who follows it each state and line, and ends with it', async () => {
  work.onDeed = async (deed, { log, progress }) => {
    if (deed !== 'apply a') return;
    for (let n = 0; n < 2_000; n += 1) log(`line ${n}`, 'out');
    progress(2, 3);
  };
  const id = await start({ pi: ['a'] });
  let [lines, skipped] = [0, 0];
  const seen: string[] = [];
  for await (const event of jobs.follow(id)) {
    if (event.type === 'job' || event.type === 'moved') seen.push(event.job.state.state);
    if (event.type !== 'lines') continue;
    lines += event.lines.length;
    skipped += event.skipped;
    expect(event.lines.length).toBeLessThanOrEqual(500);
  }
  expect(seen.at(-1)).toBe('done');
  expect(lines + skipped).toBeGreaterThan(2_000);
  const step = jobs.get(id).lanes[0]?.steps[0];
  expect(step?.lines).toBeGreaterThan(2_000);
});

const here = { attended: true };
const everything = { states: [], kinds: [], deviceId: null, search: '', offset: 0, limit: 10 };

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; n < 500 && !holds(); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(holds()).toBe(true);
}
