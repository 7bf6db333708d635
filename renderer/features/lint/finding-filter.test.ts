import { expect, it } from 'vitest';
import {
  everyFinding,
  type FindingFilter,
  formatFindingFilter,
  isNarrowed,
  parseFindingFilter,
} from './finding-filter.ts';

it.each<FindingFilter>([
  everyFinding,
  {
    search: '10.0.20.5 & more',
    severities: ['error', 'note'],
    rules: ['address-twice'],
    silenced: true,
  },
])('is read back from the address as it was written', (filter) => {
  expect(parseFindingFilter(formatFindingFilter(filter))).toEqual(filter);
});

it('leaves out of an address what it does not know', () => {
  const query = `severity=fatal&severity=note&rule=${'x'.repeat(200)}&rule=A%20B&other=1`;
  expect(parseFindingFilter(query)).toEqual({ ...everyFinding, severities: ['note'] });
});

it('counts words, severities and rules as narrowing, the silenced as another list', () => {
  expect(isNarrowed({ ...everyFinding, silenced: true })).toBe(false);
  expect(isNarrowed({ ...everyFinding, rules: ['address-twice'] })).toBe(true);
});
