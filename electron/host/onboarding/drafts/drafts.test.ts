import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DraftChange } from '../../../../shared/contract/onboarding.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { newId } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createDrafts, type Drafts } from './index.ts';

let data: TemporaryData;
let drafts: Drafts;
beforeEach(() => {
  data = temporaryData();
  drafts = createDrafts(data.open().onboardingDrafts);
});
afterEach(() => data.remove());

const typed = (host: string) => ({ target: { host }, foundBy: 'typed' }) as const;
const change = ({ id, version }: Draft, what: DraftChange) =>
  drafts.change({ id, version, change: what });
const firstOf = ({ machines: [first] }: Draft) => {
  if (first === undefined) throw new Error('no machine');
  return first;
};
const answer = (
  draft: Draft,
  answers: Extract<DraftChange, { kind: 'machine' }>['answers'],
): Draft => change(draft, { kind: 'machine', machineId: firstOf(draft).id, answers });

describe('a draft', () => {
  it('is there as it was left, also after a restart, and outside of the history', () => {
    const database = data.open();
    const made = answer(drafts.create([typed('pi-1'), typed('pi-2')]), { name: 'dns' });
    change(made, { kind: 'common', answers: { role: 'edge' } });
    const again = createDrafts(data.open().onboardingDrafts).get(made.id);
    expect(again).toMatchObject({
      version: 3,
      common: { role: 'edge', sshKey: 'none' },
      machines: [{ answers: { name: 'dns' } }, { answers: { name: null } }],
    });
    expect(database.history.list({ before: null, limit: 1 })).toEqual([]);
  });

  it('refuses what another window answered upon an older state, but not where one looks', () => {
    const made = drafts.create([typed('pi-1')]);
    answer(made, { name: 'a' });
    expect(() => answer(made, { name: 'b' })).toThrow(
      expect.objectContaining({ code: 'CHANGED_SINCE' }),
    );
    expect(change(made, { kind: 'step', step: 'trust' }).step).toBe('trust');
    expect(firstOf(drafts.get(made.id)).answers.name).toBe('a');
  });

  it('takes what was found out without upsetting who answers meanwhile', () => {
    const made = drafts.create([typed('pi-1')]);
    drafts.foundOf(made.id, firstOf(made).id, () => ({ checkedAt: 7 }));
    const after = answer(made, { name: 'a' });
    expect(firstOf(after)).toMatchObject({ checkedAt: 7, answers: { name: 'a' } });
  });

  it('keeps answers that a change says nothing of', () => {
    const made = answer(drafts.create([typed('pi-1')]), { name: 'a', role: 'edge' });
    expect(firstOf(answer(made, { hostname: 'b' })).answers).toMatchObject({
      name: 'a',
      role: 'edge',
      hostname: 'b',
    });
  });

  it('knows the id of a device that is to come, and takes that of one that is there', () => {
    const made = drafts.create([typed('pi-1')]);
    const known = newId();
    const before = firstOf(made).deviceId;
    const as = answer(made, { identity: { as: 'known', deviceId: known } });
    expect(firstOf(as).deviceId).toBe(known);
    const back = answer(as, { identity: { as: 'new' } });
    expect(firstOf(back).deviceId).not.toBe(known);
    const clone = answer(made.version === 1 ? back : made, {
      identity: { as: 'clone', deviceId: known },
    });
    expect(firstOf(clone).deviceId).toBe(firstOf(back).deviceId);
    expect(before).not.toBe(known);
  });

  it('takes each machine once, and no more than sixteen', () => {
    const made = drafts.create([typed('pi-1')]);
    const add = (draft: Draft, hosts: string[]) =>
      change(draft, { kind: 'add-machines', machines: hosts.map(typed) });
    expect(() => add(made, ['PI-1'])).toThrow(expect.objectContaining({ code: 'DUPLICATE' }));
    const many = Array.from({ length: 16 }, (_, at) => `node-${at}`);
    expect(() => add(made, many)).toThrow('takes 16 machines');
    expect(drafts.get(made.id).machines).toHaveLength(1);
  });

  it('forgets what it knew of a machine that is reached elsewhere, and keeps its name', () => {
    const made = answer(drafts.create([typed('pi-1')]), { name: 'a', identity: { as: 'new' } });
    drafts.foundOf(made.id, firstOf(made).id, () => ({ checkedAt: 7 }));
    const target = { host: '10.0.0.5' };
    const after = change(made, { kind: 'target', machineId: firstOf(made).id, target });
    expect(firstOf(after)).toMatchObject({
      target,
      checkedAt: null,
      answers: { name: 'a', identity: null },
    });
  });

  it('changes no more once its job was begun', () => {
    const made = drafts.create([typed('pi-1')]);
    drafts.found(made.id, (draft) => ({ ...draft, jobId: newId() }));
    expect(() => answer(made, { name: 'a' })).toThrow('was begun');
  });

  it('leads nowhere that it has not come to yet', () => {
    const made = drafts.create([typed('pi-1')]);
    expect(() => change(made, { kind: 'step', step: 'plan' })).toThrow('not answered yet');
  });

  it('is told of to every window, whoever changed it', async () => {
    const left = new AbortController();
    const heard: (string | null)[] = [];
    const watching = (async () => {
      for await (const { id } of drafts.watch(left.signal)) heard.push(id);
    })();
    await Promise.resolve();
    const made = drafts.create([typed('pi-1')]);
    answer(made, { name: 'a' });
    await new Promise(setImmediate);
    left.abort();
    await watching;
    expect(heard).toEqual([null, made.id]);
  });

  it('is listed without its body, which is large', () => {
    const store = data.open().onboardingDrafts;
    const made = createDrafts(store).create([typed('pi-1'), typed('pi-2')]);
    const whole = store.get(made.id);
    if (whole === undefined) throw new Error('no draft');
    // As written by anything that cannot be read: nothing but the summary is looked at.
    store.put({ ...whole, version: 2, body: 'unreadable' });
    const [listed] = createDrafts(store).list();
    expect(listed).toMatchObject({ id: made.id, step: 'find', machines: ['pi-1', 'pi-2'] });
    expect(store.list(1)[0]).not.toHaveProperty('body');
  });

  it('is listed by its newest change, and gone when it is deleted', () => {
    let clock = 0;
    const timed = createDrafts(data.open().onboardingDrafts, () => (clock += 1));
    const one = timed.create([typed('a')]);
    const two = timed.create([typed('b')]);
    timed.change({ id: one.id, version: 1, change: { kind: 'common', answers: { tags: ['x'] } } });
    expect(timed.list().map(({ machines }) => machines)).toEqual([['a'], ['b']]);
    timed.delete(two.id);
    expect(timed.list()).toHaveLength(1);
    expect(() => timed.get(two.id)).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
  });
});
