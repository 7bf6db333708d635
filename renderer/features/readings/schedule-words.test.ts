import { expect, it } from 'vitest';
import { intervalOptions } from './schedule-words.ts';

it('offers intervals in plain words, and keeps one that was set elsewhere', () => {
  const labels = (now: number | null) => intervalOptions(now).map(({ label }) => label);
  expect(labels(null)).toContain('Every 15 minutes');
  expect(labels(60).filter((label) => label === 'Every hour')).toHaveLength(1);
  expect(labels(45)).toContain('Every 45 minutes');
  expect(labels(2880).at(-1)).toBe('Every 2 days');
});
