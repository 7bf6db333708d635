import { expect, it } from 'vitest';
import { formatHistoryFilter, noHistoryFilter, parseHistoryFilter } from './history-filter.ts';

it('reads back what it wrote', () => {
  const thing = '0192aaaa-0000-7000-8000-000000000000';
  const all = { thing, who: 'ada lovelace', source: 'cli', text: 'k3s & more' } as const;
  for (const filter of [noHistoryFilter, all, { ...noHistoryFilter, who: 'ada' }]) {
    expect(parseHistoryFilter(formatHistoryFilter(filter))).toEqual(filter);
  }
  expect(formatHistoryFilter(noHistoryFilter)).toBe('');
});

it('leaves out what it does not know', () => {
  expect(parseHistoryFilter('thing=x&source=elsewhere&other=1')).toEqual(noHistoryFilter);
});
