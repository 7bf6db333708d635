import { expect, it } from 'vitest';
import { retried } from './retried.ts';

it('makes it once for all who ask, and again after it failed', async () => {
  let tries = 0;
  const get = retried(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
    return tries;
  });
  const first = await Promise.allSettled([get(), get()]);
  expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await get.settled()).toBeNull();
  expect([await get(), await get()]).toEqual([2, 2]);
  expect(await get.settled()).toBe(2);
});

it('has nothing before the first use', async () => {
  expect(await retried(async () => 1).settled()).toBeNull();
});
