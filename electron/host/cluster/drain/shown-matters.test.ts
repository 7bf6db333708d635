import { expect, it } from 'vitest';
import { ShownMatters } from './shown-matters.ts';

const all = new Set(['node 1', 'budget web', 'local-data db']);

it('covers what was shown and less, and nothing that is new', () => {
  const shown = new ShownMatters();
  const hash = shown.keep(all);
  expect(shown.covers(hash, new Set(['node 1', 'budget web']))).toBe(true);
  expect(shown.covers(hash, new Set([...all, 'uncontrolled toolbox']))).toBe(false);
});

it('covers, after a restart, exactly what was shown before', () => {
  const hash = new ShownMatters().keep(all);
  const later = new ShownMatters();
  expect(later.covers(hash, new Set([...all].reverse()))).toBe(true);
  expect(later.covers(hash, new Set(['node 1']))).toBe(false);
});

it('forgets the oldest, and takes it for what it is then', () => {
  const shown = new ShownMatters();
  const hash = shown.keep(all);
  for (let index = 0; index < 200; index += 1) shown.keep(new Set([`node ${index}`]));
  expect(shown.covers(hash, new Set(['node 1']))).toBe(false);
  expect(shown.covers(hash, all)).toBe(true);
});
