import { describe, expect, it } from 'vitest';
import { checkResult } from '../../../../shared/checks/check.ts';
import { type Check, judge } from './judge.ts';

const check = (rule: Check<string, null>['rule']): Check<string, null> => ({
  id: 'test.sky',
  group: 'Weather',
  title: 'The sky is blue',
  why: 'Else it rains.',
  rule,
});
const about = {
  read: 'blue',
  context: null,
  subject: { id: null, name: 'here' },
  at: 1_750_000_000_000,
};

describe('judging', () => {
  it('gives one result for each part, in their order, with what the check says of itself', () => {
    const results = judge(
      [
        check((sky) => [
          { status: 'pass', found: `It is ${sky}.`, part: 'east' },
          { status: 'warn', found: 'Clouds.', part: 'west' },
        ]),
      ],
      about,
    );
    expect(results.map(({ part, status }) => [part, status])).toEqual([
      ['east', 'pass'],
      ['west', 'warn'],
    ]);
    expect(results[0]).toMatchObject({ check: 'test.sky', why: 'Else it rains.', fix: null });
  });

  it('makes a rule that breaks unknown, and goes on with the next', () => {
    const problems: unknown[] = [];
    const broken = check(() => {
      throw new TypeError('no sky');
    });
    const fine = { ...check(() => ({ status: 'pass', found: 'Yes.' })), id: 'test.sea' };
    const results = judge([broken, fine], { ...about, report: (error) => problems.push(error) });
    expect(results.map(({ status }) => status)).toEqual(['unknown', 'pass']);
    expect(problems).toEqual([new TypeError('no sky')]);
  });

  it('makes harmless and bounds what a machine says in a sentence', () => {
    const long = `\u001b]0;owned\u0007\u202e${'x'.repeat(50_000)}\nnext`;
    const [result] = judge([check(() => ({ status: 'fail', found: long, part: long }))], about);
    expect(() => checkResult.parse(result)).not.toThrow();
    expect(result?.found).not.toMatch(/[\p{Cc}\u202e]/u);
  });

  it('takes no more parts than a person could look through, and none twice', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => ({
      status: 'pass' as const,
      found: String(index),
      part: String(index % 300),
    }));
    const results = judge([check(() => many)], about);
    expect(results).toHaveLength(100);
    expect(new Set(results.map(({ part }) => part)).size).toBe(100);
  });
});
