import { expect, it } from 'vitest';
import { jobStateNames } from '../../../../shared/jobs/job-state.ts';
import {
  chosenGroups,
  everyJob,
  formatJobFilter,
  isNarrowed,
  parseJobFilter,
  stateGroups,
  statesOf,
} from './job-filter.ts';

const deviceId = '01900000-0000-7000-8000-000000000001';

it('is read back from the address as it was written there', () => {
  const filter = {
    search: 'pi-1 & 2',
    states: statesOf(['wants', 'failed']),
    kinds: ['onboarding'],
    deviceId,
  };
  const read = parseJobFilter(formatJobFilter(filter));
  expect({ ...read, states: [...read.states].sort() }).toEqual({
    ...filter,
    states: [...filter.states].sort(),
  });
  expect(formatJobFilter(everyJob)).toBe('');
});

it('leaves out what no job can be, and keeps to what the host takes', () => {
  const odd = `state=odd&state=done&kind=Not%20One&device=x&search=${'a'.repeat(300)}`;
  const read = parseJobFilter(odd);
  expect(read).toMatchObject({ states: ['done'], kinds: [], deviceId: null });
  expect(read.search).toHaveLength(200);
  const many = Array.from({ length: 40 }, (_, n) => `kind=k-${n}`).join('&');
  expect(parseJobFilter(many).kinds).toHaveLength(20);
});

it('offers each state of a job in one group', () => {
  const all = stateGroups.flatMap(({ states }) => [...states]);
  expect([...all].sort()).toEqual([...jobStateNames].sort());
  expect(chosenGroups(['asking', 'waiting', 'interrupted', 'done', 'failed'])).toEqual([
    'wants',
    'done',
  ]);
  expect(isNarrowed(everyJob)).toBe(false);
});
