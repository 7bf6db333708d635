import { expect, it } from 'vitest';
import { insertSlice, slice } from './slices.ts';

function roundTrip(value: unknown): unknown {
  const { rest, slices } = structuredClone(slice(value));
  for (const part of slices) insertSlice(rest, part);
  return rest;
}

const listOf = (length: number) => Array.from({ length }, (_, at) => ({ at, text: `${at}` }));

it('leaves what is small as it is', () => {
  const value = { a: listOf(10), b: { c: null, d: 'x' } };
  expect(slice(value)).toEqual({ rest: value, slices: [] });
});

it.each<[string, unknown]>([
  ['one long list', { a: { data: listOf(20_000) }, b: 1 }],
  [
    'a long list in one item of a short one',
    { a: [{ in: [] }, { in: listOf(5_000) }, { in: [] }] },
  ],
  ['lists in all items of a long one', listOf(2_000).map((item) => ({ ...item, in: listOf(3) }))],
  ['long lists in items of a long one', listOf(700).map(() => ({ in: listOf(600) }))],
  ['a list of a few long lists', { a: listOf(3).map(() => listOf(900)) }],
])('brings back %s from pieces', (_, value) => {
  expect(roundTrip(value)).toEqual(value);
});

it('has no piece that is much larger than the others', () => {
  const value = { a: [{ in: listOf(50_000) }], b: listOf(20_000).map(() => ({ in: listOf(2) })) };
  const { rest, slices } = slice(value);
  expect(JSON.stringify(rest).length).toBeLessThan(100);
  expect(Math.max(...slices.map((part) => JSON.stringify(part).length))).toBeLessThan(20_000);
});
