import { expect, it } from 'vitest';
import { rackProblems } from './rack-problems.ts';

it('says of a rack what is missing or out of measure', () => {
  expect(rackProblems({ name: ' ', heightUnits: 12 }).name).toBe('Give the rack a name.');
  expect(rackProblems({ name: 'x'.repeat(254), heightUnits: 12 }).name).toMatch(/253 characters/);
  for (const heightUnits of ['', 0, 101, 1.5]) {
    expect(rackProblems({ name: 'A', heightUnits }).heightUnits).toMatch(/from 1 to 100/);
  }
  expect(rackProblems({ name: 'A', heightUnits: 100 })).toEqual({ name: null, heightUnits: null });
});
