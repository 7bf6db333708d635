import { describe, expect, it } from 'vitest';
import { checkedRaw, one, rawOf } from './preflight-fixture.ts';

const at = 1_750_000_000;

/** Asked at `at`, answered 400 ms later; the machine's own clock says these two times. */
function skew(begin: string, end: string) {
  return one(
    checkedRaw(rawOf({ parts: { 'clock-begin': begin, 'clock-end': end } })),
    'clock-skew',
  );
}

describe('the clock of a machine', () => {
  it('is right where it differs by no more than the way there takes', () => {
    const result = skew(`${at}.050000000`, `${at}.350000000`);
    expect(result).toMatchObject({ status: 'pass' });
    expect(result.found).toBe('0.00 s ahead of this computer, give or take 0.05 s.');
  });

  it('does not count the time that the script took there', () => {
    const raw = rawOf({
      parts: { 'clock-begin': `${at}.010000000`, 'clock-end': `${at + 9}.000000000` },
    });
    const [run] = raw.runs;
    const slow = { ...raw, runs: [{ ...run, endedAt: run.sentAt + 9_010 }] as const };
    expect(one(checkedRaw(slow), 'clock-skew').found).toContain('give or take 0.01 s');
  });

  it.each([
    [3, 'warn', '3.00 s ahead'],
    [-5, 'warn', '5.00 s behind'],
    [90, 'fail', '90 s ahead'],
    [-1_000_000, 'fail', '1000000 s behind'],
  ])('is wrong by %d s: %s', (off, status, says) => {
    const result = skew(`${at + off}.050000000`, `${at + off}.350000000`);
    expect(result).toMatchObject({ status, found: expect.stringContaining(says) });
  });

  it('of busybox is known to a second', () => {
    const result = skew(`${at}.%N`, `${at}.%N`);
    expect(result.status).toBe('pass');
    expect(result.found).toMatch(/give or take 0\.7/);
  });

  it.each([
    ['nonsense', 'nonsense'],
    [`${at}.0`, ''],
    [`${at + 5}.000000000`, `${at}.000000000`],
    [`${at}.000000000`, `${at + 60}.000000000`],
  ])('tells nothing by %j and %j', (begin, end) => {
    expect(skew(begin, end).status).toBe('unknown');
  });
});
