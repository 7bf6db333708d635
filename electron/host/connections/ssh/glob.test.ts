import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesList, matchesPattern } from './glob.ts';

it('agrees with the regular expression that it stands for', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, letters, (wanted, text) => {
      const source = wanted.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesPattern(wanted, text)).toBe(new RegExp(`^${source}$`).test(text));
    }),
    { numRuns: 2_000 },
  );
});

it('takes no longer for many stars', () => {
  const begin = performance.now();
  expect(matchesPattern(`${'*a'.repeat(5_000)}b`, 'a'.repeat(255))).toBe(false);
  expect(matchesPattern(`${'a*'.repeat(100)}b`, 'a'.repeat(255))).toBe(false);
  // An expression that backtracks would not end at all.
  expect(performance.now() - begin).toBeLessThan(2_000);
});

it('lets a negated pattern end the list, wherever it stands', () => {
  expect(matchesList(['*', '!node'], 'node')).toBe(false);
  expect(matchesList(['!other'], 'node')).toBe(false);
  expect(matchesList(['!other', 'no*'], 'node')).toBe(true);
});
