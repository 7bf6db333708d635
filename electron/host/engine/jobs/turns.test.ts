import { beforeEach, expect, it } from 'vitest';
import { Turns } from './turns.ts';

let turns: Turns;
let order: string[];
beforeEach(() => {
  turns = new Turns(2);
  order = [];
});

const nobody = new AbortController().signal;
function take(name: string, devices: readonly string[], signal = nobody): Promise<() => void> {
  const turn = turns.take(devices, signal);
  void turn.then(() => order.push(name));
  return turn;
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

it('lets so many jobs run at once, and the next when one has ended', async () => {
  const first = await take('first', []);
  await take('second', []);
  void take('third', []);
  await settled();
  expect(order).toEqual(['first', 'second']);
  first();
  await settled();
  expect(order).toEqual(['first', 'second', 'third']);
});

it('lets one job at a time on a machine, and meanwhile those of others go before', async () => {
  const first = await take('first', ['pi', 'nas']);
  void take('same machine', ['nas']);
  await take('other machine', ['ups']);
  expect(order).toEqual(['first', 'other machine']);
  first();
  await settled();
  expect(order).toEqual(['first', 'other machine', 'same machine']);
});

it('counts no turn of a job that was cancelled while it waited, and frees nothing of others', async () => {
  await take('first', ['pi']);
  const stop = new AbortController();
  const waiting = take('cancelled', ['pi'], stop.signal);
  stop.abort();
  (await waiting)();
  void take('next', ['pi']);
  await take('other', []);
  void take('too many', []);
  await settled();
  expect(order).toEqual(['first', 'cancelled', 'other']);
});

it('begins nothing for a job that was cancelled before', async () => {
  await take('first', ['pi']);
  (await take('cancelled', ['pi'], AbortSignal.abort()))();
  expect(order).toEqual(['first', 'cancelled']);
});
