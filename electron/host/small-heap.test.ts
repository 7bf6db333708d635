import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** Makes many objects, keeps some of them, and replaces what it keeps over and over. */
const program = `
  import { getHeapSpaceStatistics, getHeapStatistics } from 'node:v8';
  const kept = [];
  let most = 0;
  for (let n = 0; n < 3_000_000; n += 1) {
    const made = { n, words: ['one', { of: n }] };
    if (n % 4 === 0) kept[(n / 4) % 150_000] = made;
    if (n % 10_000 === 0) most = Math.max(most, getHeapStatistics().total_heap_size);
  }
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(JSON.stringify({ young: young.space_size / 2 ** 20, most: most / 2 ** 20 }));
`;

/** MiB. */
function heapAfter(first: string): { young: number; most: number } {
  const args = ['--input-type=module', '-e', first + program];
  return JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}

it('keeps little memory beside what is held, where Node takes many times as much', () => {
  const own = heapAfter(`await import('${new URL('./small-heap.ts', import.meta.url)}');`);
  const usual = heapAfter('');
  expect(own.young).toBeLessThanOrEqual(4);
  expect(usual.young).toBeGreaterThan(8);
  expect(own.most).toBeLessThan(usual.most * 0.35);
});
