import { expect, it } from 'vitest';
import { checkRows, countViews, everyCheck, offeredViews } from './check-rows.ts';
import { specimenCheck, specimenChecks } from './check-specimens.ts';

const now = Date.UTC(2026, 11, 1);
const titles = (search: string) =>
  checkRows(specimenChecks, { ...everyCheck, search }, now).flatMap((row) =>
    row.kind === 'check' ? [row.check.title] : [],
  );

it('stands under its groups in the order in which they come', () => {
  const rows = checkRows(specimenChecks, everyCheck, now);
  const lines = rows.map((row) => (row.kind === 'group' ? `# ${row.group}` : row.check.title));
  expect(lines).toEqual([
    '# Kernel',
    'Memory cgroup',
    'Kernel modules',
    'Swap',
    '# Time',
    'Time synchronisation',
    '# Network',
    'The outside world',
    '# Hardware',
    'Power throttling',
  ]);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

it('counts an accepted one as accepted until its time is over', () => {
  expect(countViews(specimenChecks, now)).toMatchObject({ fail: 2, warn: 0, accepted: 1 });
  expect(countViews(specimenChecks, Date.UTC(2031, 0, 1))).toMatchObject({ warn: 1, accepted: 0 });
});

it('does not call accepted what is well again', () => {
  const [, , swap] = specimenChecks;
  const well = specimenCheck('swap', 'pass', { accepted: swap?.accepted ?? null });
  expect(countViews([well], now)).toMatchObject({ pass: 1, accepted: 0 });
});

it('is narrowed by results and by words, and has no group without a check', () => {
  const failed = checkRows(specimenChecks, { search: '', views: ['fail'] }, now);
  expect(failed.map(({ kind }) => kind)).toEqual(['group', 'check', 'group', 'check']);
  expect(titles('SWAP gib')).toEqual(['Swap']);
  expect(titles('time pi-1')).toEqual(['Time synchronisation']);
  expect(titles('nothing like it')).toEqual([]);
});

it('offers a chip for what there is, and for what is chosen', () => {
  const counts = countViews([specimenCheck('a', 'pass')], now);
  expect(offeredViews(counts, ['warn'])).toEqual(['warn', 'pass']);
});
