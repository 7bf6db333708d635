import { expect, it } from 'vitest';
import { formatCores, formatResource, parseQuantity } from './quantity.ts';

it.each([
  ['250m', 0.25],
  ['1.5', 1.5],
  ['64Mi', 64 * 1024 ** 2],
  ['129e6', 129_000_000],
  ['1E3', 1000],
  ['2E', 2e18],
  ['100n', 1e-7],
  ['128974848', 128_974_848],
  ['-1k', -1000],
  ['.5Gi', 0.5 * 1024 ** 3],
  [4, 4],
])('reads the quantity %s', (written, amount) => {
  expect(parseQuantity(written)).toBeCloseTo(amount, 9);
});

it.each(['', 'lots', '1 Gi', '1KiB', '1e', '--1', '9'.repeat(100), null, {}, Number.NaN])(
  'finds no quantity in %s',
  (written) => {
    expect(parseQuantity(written)).toBeNull();
  },
);

it('writes amounts as a person reads them', () => {
  expect(formatCores(0.25)).toBe('250m');
  expect(formatCores(1)).toBe('1 core');
  expect(formatCores(3.5)).toBe('3.5 cores');
  expect(formatCores(0)).toBe('0 cores');
  expect(formatResource('memory', 1024 ** 3)).toBe('1 GiB');
  expect(formatResource('nvidia.com/gpu', 2)).toBe('2');
});
