import { describe, expect, it } from 'vitest';
import { formatAgo, formatDuration, formatShortAgo, formatUptime } from './formatting.ts';

const now = Date.UTC(2026, 10, 22, 12);
const minute = 60_000;

it.each([
  [30_000, 'just now'],
  [3 * minute, '3 min ago'],
  [5 * 60 * minute, '5 h ago'],
  [30 * 60 * minute, 'yesterday'],
])('%d ms ago is short for %s', (passed, text) => {
  expect(formatShortAgo(now - passed, now)).toBe(text);
});

describe('times', () => {
  it.each([
    [20_000, 'just now'],
    [minute, '1 minute ago'],
    [59 * minute, '59 minutes ago'],
    [3 * 60 * minute, '3 hours ago'],
    [30 * 60 * minute, 'yesterday'],
    [12 * 24 * 60 * minute, '12 days ago'],
  ])('%d ms ago reads %s', (ms, text) => expect(formatAgo(now - ms, now)).toBe(text));

  it('gives the date of what is long ago', () => {
    expect(formatAgo(Date.UTC(2026, 0, 2, 12), now)).toBe('2 Jan 2026');
  });

  it('shortens durations and up times', () => {
    expect(formatDuration(320)).toBe('320 ms');
    expect(formatDuration(4200)).toBe('4.2 s');
    expect(formatDuration(192_000)).toBe('3 min 12 s');
    expect(formatDuration(119_800)).toBe('2 min 0 s');
    expect(formatDuration(3_599_000)).toBe('59 min 59 s');
    expect(formatDuration(91 * 60_000 + 5_000)).toBe('1 h 31 min');
    expect(formatUptime(12 * 86_400 + 4 * 3600)).toBe('12 days, 4 hours');
  });
});
