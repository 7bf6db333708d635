import { expect, it } from 'vitest';
import { everything, formatView, isNarrowed, parseView } from './proposal-filter.ts';

const device = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

it('reads back what it wrote', () => {
  const view = {
    area: 'networks',
    deviceId: device,
    search: 'a & b',
    state: 'dismissed',
    offset: 200,
  } as const;
  expect(parseView(formatView(view))).toEqual(view);
  expect(formatView(everything)).toBe('');
});

it('leaves out what it does not know', () => {
  const query = 'area=cables&device=x&state=gone&from=-3';
  expect(parseView(query)).toEqual(everything);
});

it('is narrowed by area, device and words, not by what was dismissed', () => {
  expect(isNarrowed({ ...everything, state: 'dismissed', offset: 200 })).toBe(false);
  expect(isNarrowed({ ...everything, area: 'services' })).toBe(true);
});
