import { expect, it } from 'vitest';
import { allDrift, formatDriftView, parseDriftView } from './drift-view.ts';

it('stands in the address and comes back from it', () => {
  const view = { state: 'dismissed', group: 'workloads', search: 'a & b', offset: 100 } as const;
  expect(parseDriftView(formatDriftView(view))).toEqual(view);
  expect(formatDriftView(allDrift)).toBe('');
});

it('takes an address that makes no sense for the whole list', () => {
  expect(parseDriftView('group=fish&from=-5&state=x')).toEqual(allDrift);
});
