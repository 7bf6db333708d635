import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;

describe('Slots', () => {
  it('lets so many in and the others wait in order', async () => {
    const slots = new Slots(2);
    const order: number[] = [];
    const first = await slots.take(never);
    const second = await slots.take(never);
    const waiting = [3, 4].map(async (n) => {
      const release = await slots.take(never);
      order.push(n);
      return release;
    });
    await Promise.resolve();
    expect(order).toEqual([]);
    first();
    first();
    await waiting[0];
    expect(order).toEqual([3]);
    second();
    await waiting[1];
    expect(order).toEqual([3, 4]);
  });

  it('forgets who gave up waiting', async () => {
    const slots = new Slots(1);
    const release = await slots.take(never);
    const abort = new AbortController();
    const waiting = slots.take(abort.signal);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'SSH_CANCELLED' });
    release();
    await expect(slots.take(never)).resolves.toBeTypeOf('function');
  });

  it('lends a turn while its owner waits for a person, and takes it back without queueing', async () => {
    const slots = new Slots(1);
    await slots.take(never);
    let answer: () => void = () => {};
    const person = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const lent = slots.lend(() => person);
    const borrower = await slots.take(never);
    answer();
    await lent;
    // Now two are in where one is allowed: the next has to wait for both.
    let third = false;
    const waiting = slots.take(never).then(() => {
      third = true;
    });
    borrower();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(third).toBe(false);
    slots.lend(() => new Promise(() => {}));
    await waiting;
    expect(third).toBe(true);
  });
});
