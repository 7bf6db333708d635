import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

/** MiB that are kept for young objects after many of them were made and some of them kept. */
const program = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const kept = [];
  for (let n = 0; n < 1_000_000; n += 1) {
    const made = { n, words: ['one', { of: n }] };
    if (n % 10 === 0) kept.push(made);
  }
  const young = getHeapSpaceStatistics().find((space) => space.space_name === 'new_space');
  console.log(young.space_size / 2 ** 20 + kept.length * 0);
`;

function youngMib(first: string): number {
  const args = ['--input-type=module', '-e', first + program];
  return Number(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout);
}

it('keeps little memory for what was made lately, where Node takes many times as much', () => {
  const own = youngMib(`await import('${new URL('./small-heap.ts', import.meta.url)}');`);
  expect(own).toBeLessThanOrEqual(4);
  expect(youngMib('')).toBeGreaterThan(8);
});
