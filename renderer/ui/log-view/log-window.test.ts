import { expect, it } from 'vitest';
import { isAtEnd, windowOf } from './log-window.ts';

it('draws what is in view and a little more, however many there are', () => {
  expect(windowOf(1_000_000, 20_000, 400, 20)).toEqual({ first: 980, end: 1_040 });
  expect(windowOf(10, 0, 400, 20)).toEqual({ first: 0, end: 10 });
  expect(windowOf(0, 0, 400, 20)).toEqual({ first: 0, end: 0 });
  // Scrolled farther than what is left of it, until the browser has noticed.
  expect(windowOf(10, 90_000, 400, 20)).toEqual({ first: 0, end: 10 });
});

it('takes the last two rows for the end', () => {
  const at = (scrollTop: number) =>
    isAtEnd({ scrollTop, clientHeight: 400, scrollHeight: 1_000 }, 20);
  expect([at(600), at(570), at(560), at(0)]).toEqual([true, true, false, false]);
});
