import { expect, it } from 'vitest';
import { summaryOf } from './compare-words.ts';

const counts = { open: {}, kept: 0, byItself: 0, unseen: 0 };

it('says what is left to decide, and speaks of what is kept only where something is', () => {
  expect(summaryOf(12, counts)).toBe('12 observed values could be accepted.');
  expect(summaryOf(0, counts)).toBe('Everything that was observed is declared.');
  expect(summaryOf(0, { ...counts, kept: 2 })).toBe(
    'Everything that was observed is declared or kept.',
  );
});

it('names what changes by itself as more of the same only where there is more', () => {
  expect(summaryOf(3, { ...counts, byItself: 1 })).toMatch(/1 more changes by itself\.$/);
  expect(summaryOf(0, { ...counts, byItself: 1 })).toMatch(/1 value changes by itself\.$/);
  expect(summaryOf(0, { ...counts, byItself: 2 })).toMatch(/2 values change by themselves\.$/);
});
