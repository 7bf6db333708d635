import { expect, it } from 'vitest';
import { acceptedUntil, parseHowLong } from './how-long.ts';

const now = new Date(2026, 10, 30, 12).getTime();
const day = 86_400_000;

it('ends after a time, at the end of a day, or never by itself', () => {
  expect(acceptedUntil('week', '', now)).toBe(now + 7 * day);
  expect(acceptedUntil('month', '', now)).toBe(now + 30 * day);
  expect(acceptedUntil('open', '', now)).toBeNull();
  expect(acceptedUntil('date', '2026-11-30', now)).toBe(
    new Date(2026, 10, 30, 23, 59, 59, 999).getTime(),
  );
});

it('takes no day that is over and nothing that is no day', () => {
  for (const date of ['2026-11-29', '', 'x-y-z', '2026']) {
    expect(acceptedUntil('date', date, now)).toBe('wrong');
  }
});

it('knows its own choices alone', () => {
  expect([parseHowLong('open'), parseHowLong('x'), parseHowLong(null)]).toEqual([
    'open',
    'month',
    'month',
  ]);
});
