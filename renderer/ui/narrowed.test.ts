import { expect, it } from 'vitest';
import { narrowed } from './narrowed.ts';

it('keeps what goes by the letters, whatever their case, and no group', () => {
  const options = [{ label: 'cp-1' }, { label: 'Router-1' }, { group: 'router', items: [] }];
  expect(narrowed(options, ' router')).toEqual([{ label: 'Router-1' }]);
  expect(narrowed(options, 'x')).toEqual([]);
});
