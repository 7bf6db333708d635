import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { majorityOf, mayFail, mayGoAway, type ServerMember } from './quorum.ts';

const up = (name: string): ServerMember => ({ name, vote: 'voter', state: 'up' });
const down = (name: string): ServerMember => ({ ...up(name), state: 'down' });

const member = fc.record<ServerMember>({
  name: fc.string({ minLength: 1, maxLength: 4 }),
  vote: fc.constantFrom('voter', 'learner'),
  state: fc.constantFrom('up', 'down', 'unknown'),
});
const members = fc.uniqueArray(member, {
  minLength: 1,
  maxLength: 9,
  selector: ({ name }) => name,
});

describe('the majority of a control plane', () => {
  it.each([
    [1, 1, 0],
    [2, 2, 0],
    [3, 2, 1],
    [4, 3, 1],
    [5, 3, 2],
  ])('of %i is %i, so %i may fail', (voters, majority, spare) => {
    expect([majorityOf(voters), mayFail(voters)]).toEqual([majority, spare]);
  });

  it('is never given away, whatever the members are like', () => {
    fc.assert(
      fc.property(members, fc.constantFrom('pause' as const, 'leave' as const), (all, how) => {
        for (const { name } of all) {
          if (!mayGoAway(all, name, how).allowed) continue;
          const left = all.filter((other) => other.name !== name && other.vote === 'voter');
          const voters = all.filter(({ vote }) => vote === 'voter');
          const counted = how === 'leave' ? left.length : voters.length;
          const stillUp = left.filter(({ state }) => state === 'up').length;
          const isLearner = all.find((other) => other.name === name)?.vote === 'learner';
          const alone = voters.length === 1 && how === 'pause';
          if (!isLearner && !alone) expect(stillUp).toBeGreaterThanOrEqual(majorityOf(counted));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('lets one of three go, and not a second one', () => {
    expect(mayGoAway([up('a'), up('b'), up('c')], 'a', 'pause').allowed).toBe(true);
    expect(mayGoAway([up('a'), up('b'), down('c')], 'a', 'pause')).toMatchObject({
      allowed: false,
      why: 'below-majority',
    });
  });

  it('takes one of two out of the list before it is stopped, one of three after it', () => {
    expect(mayGoAway([up('a'), up('b')], 'a', 'leave')).toMatchObject({
      allowed: true,
      deleteMemberFirst: true,
    });
    expect(mayGoAway([up('a'), up('b'), up('c')], 'a', 'leave')).toMatchObject({
      allowed: true,
      deleteMemberFirst: false,
    });
    expect(mayGoAway([up('a'), down('b')], 'b', 'leave')).toMatchObject({ why: 'no-majority-now' });
  });

  it('lets a dead member be taken out of the list while the others hold', () => {
    expect(mayGoAway([up('a'), up('b'), down('c')], 'c', 'leave').allowed).toBe(true);
  });

  it('takes one that nobody could look at for down', () => {
    expect(
      mayGoAway([up('a'), up('b'), { ...up('c'), state: 'unknown' }], 'a', 'pause'),
    ).toMatchObject({
      allowed: false,
    });
  });

  it('lets a single server be restarted, with a word of what that means, and never leave', () => {
    expect(mayGoAway([up('a')], 'a', 'pause')).toMatchObject({ allowed: true });
    expect(mayGoAway([up('a')], 'a', 'leave')).toMatchObject({
      allowed: false,
      why: 'last-server',
    });
  });

  it('changes nothing while another one still joins', () => {
    const joining: ServerMember = { name: 'd', vote: 'learner', state: 'up' };
    expect(mayGoAway([up('a'), up('b'), up('c'), joining], 'a', 'leave')).toMatchObject({
      why: 'learner-waits',
    });
  });
});
