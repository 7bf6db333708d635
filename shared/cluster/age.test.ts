import { expect, it } from 'vitest';
import { formatAge, formatSpan } from './age.ts';

const [second, minute, hour, day] = [1_000, 60_000, 3_600_000, 86_400_000];

it.each([
  [-5, '0s'],
  [45 * second, '45s'],
  [100 * second, '100s'],
  [3 * minute + 20 * second, '3m20s'],
  [5 * minute, '5m'],
  [90 * minute, '90m'],
  [4 * hour + 12 * minute, '4h12m'],
  [20 * hour, '20h'],
  [3 * day + 4 * hour, '3d4h'],
  [100 * day, '100d'],
  [800 * day, '2y70d'],
])('writes the age of %d ms as %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text);
});

it('says a span in words', () => {
  expect(formatSpan(1_500)).toBe('1 second');
  expect(formatSpan(5 * minute)).toBe('5 minutes');
  expect(formatSpan(30 * hour)).toBe('1 day');
  expect(formatSpan(0)).toBe('a moment');
});
