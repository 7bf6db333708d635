import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';

async function readAll<T>(queue: EventQueue<T>, signal?: AbortSignal): Promise<T[]> {
  const read: T[] = [];
  for await (const value of queue.read(signal)) read.push(value);
  return read;
}

describe('EventQueue', () => {
  it('gives everything that was pushed before it was closed, in order', async () => {
    const queue = new EventQueue<number>();
    queue.push(1);
    const all = readAll(queue);
    queue.push(2);
    queue.close();
    queue.push(3);
    expect(await all).toEqual([1, 2]);
  });

  it('wakes a reader that waits', async () => {
    const queue = new EventQueue<string>();
    const all = readAll(queue);
    await new Promise((resolve) => setImmediate(resolve));
    queue.push('late');
    await new Promise((resolve) => setImmediate(resolve));
    queue.close();
    expect(await all).toEqual(['late']);
  });

  it('ends when the reader leaves, also while it waits', async () => {
    const queue = new EventQueue<string>();
    const leave = new AbortController();
    const all = readAll(queue, leave.signal);
    await new Promise((resolve) => setImmediate(resolve));
    leave.abort();
    expect(await all).toEqual([]);
  });

  it('keeps only the newest of a topic for a reader that does not come', async () => {
    const queue = new EventQueue<string>();
    for (let count = 0; count < 100_000; count += 1) queue.push(`a${count}`, 'a');
    queue.push('b');
    queue.push('a-last', 'a');
    queue.close();
    expect(await readAll(queue)).toEqual(['a-last', 'b']);
  });
});
