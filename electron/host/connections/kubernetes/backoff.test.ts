import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';
import { KubeError } from './errors.ts';

it('waits longer each time up to half a minute, never less than the server asks for, and begins anew', () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 8 }, () => backoff.next(null));
  expect(waits).toEqual([800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  backoff.reset();
  expect(backoff.next(new KubeError('KUBE_BUSY', '', { retryAfterMs: 5_000 }))).toBe(5_000);
});

it('asks seldom in the end for what is not allowed, but soon at first: a server that starts says so too', () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 9 }, () => backoff.next(new KubeError('KUBE_FORBIDDEN', '')));
  expect([waits[0], waits[1], waits.at(-1)]).toEqual([800, 1_600, 120_000]);
});

it('leaves half of it to chance, so that not all come back at once', () => {
  const [least, most] = [new Backoff(() => 0), new Backoff(() => 1)];
  expect([least.next(null), most.next(null)]).toEqual([400, 800]);
});
