import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SystemEvent } from '../../shared/contract/system.ts';
import type { Client } from './client.ts';
import { watchSystem } from './watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const listening: SystemEvent = { type: 'listening' };

async function* stream(...events: SystemEvent[]): AsyncGenerator<SystemEvent> {
  yield* events;
}

function setUp(streams: (() => AsyncGenerator<SystemEvent>)[]) {
  let open = true;
  const watch = vi.fn(async () => {
    const next = streams.shift();
    if (next === undefined) throw new Error('no more');
    return next();
  });
  const client = { system: { watch } } as unknown as Client; // what is called
  const onEvent = vi.fn();
  const onDeaf = vi.fn();
  const done = watchSystem(client, { onEvent, onDeaf, isOpen: () => open });
  const close = () => {
    open = false;
  };
  return { watch, onEvent, onDeaf, done, close };
}

it('listens again when the stream ends though the connection stands', async () => {
  const { onEvent, onDeaf, done, close } = setUp([
    () => stream(listening),
    () => stream(listening),
  ]);
  await vi.advanceTimersByTimeAsync(2500);
  expect(onEvent).toHaveBeenCalledTimes(2);
  expect(onDeaf).not.toHaveBeenCalled();
  close();
  await vi.advanceTimersByTimeAsync(2500);
  await done;
});

it('says once when nothing can be heard, and tries on', async () => {
  const { watch, onDeaf, close, done } = setUp([]);
  await vi.advanceTimersByTimeAsync(4500);
  expect(onDeaf).toHaveBeenCalledTimes(1);
  expect(watch).toHaveBeenCalledTimes(3);
  close();
  await vi.advanceTimersByTimeAsync(2500);
  await done;
});
