import { expect, it } from 'vitest';
import type { LogLine } from '../../../../shared/jobs/job.ts';
import type { Client } from '../../../rpc/client.ts';
import { mostLines } from '../../../ui/log-view/log-entries.ts';
import { createLogStore } from './log-store.ts';

const line = (seq: number, stepId: string | null = null): LogLine => ({
  seq,
  at: seq,
  stepId,
  stream: 'out',
  text: `line ${seq}`,
});

/** A host with these lines, and frames that are drawn by hand. */
function setUp(kept: readonly LogLine[]) {
  const frames: (() => void)[] = [];
  let held: Promise<void> = Promise.resolve();
  const log: Client['jobs']['log'] = async ({ stepId = null, after = null, limit = 500 }) => {
    await held;
    const of = kept.filter((each) => stepId === null || each.stepId === stepId);
    const lines =
      after === null ? of.slice(-limit) : of.filter(({ seq }) => seq > after).slice(0, limit);
    return { lines: [...lines], total: of.length };
  };
  const client = { jobs: { log } } as unknown as Pick<Client, 'jobs'>; // nothing else is called
  const store = createLogStore({ client, onFrame: (draw) => void frames.push(draw) });
  const drawFrame = () => {
    const drawn = frames.splice(0);
    for (const draw of drawn) draw();
    return drawn.length;
  };
  const keys = () => store.store.getState().entries.map(({ key }) => key);
  return { store, drawFrame, keys, hold: (until: Promise<void>) => (held = until) };
}

const all = { stepId: null, search: '' };
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

it('goes on from what was read, though the stream was faster', async () => {
  const { store, drawFrame, keys, hold } = setUp([line(1), line(2)]);
  let answer = () => {};
  hold(new Promise((resolve) => (answer = resolve)));
  const shown = store.show('job', all);
  store.take([line(2), line(3)], 0);
  drawFrame();
  expect(keys()).toEqual([]);
  answer();
  await shown;
  drawFrame();
  expect(keys()).toEqual([1, 2, 3]);
});

it('draws once a frame, however often lines come, and holds no more than its bound', async () => {
  const { store, drawFrame, keys } = setUp([]);
  await store.show('job', all);
  drawFrame();
  let drawn = 0;
  store.store.subscribe(() => (drawn += 1));
  for (let n = 0; n < 200; n += 1)
    store.take(
      numbers(n * 50 + 1, n * 50 + 50).map((s) => line(s)),
      0,
    );
  expect(drawFrame()).toBe(1);
  expect(drawn).toBe(1);
  expect(keys()).toHaveLength(mostLines);
  expect(keys().at(-1)).toBe(10_000);
});

it('reads earlier lines of a step, also where those of others lie between', async () => {
  const kept = [line(1, 'a'), ...numbers(2, 9_000).map((seq) => line(seq, 'b')), line(9_001, 'a')];
  const others = numbers(9_002, 10_050).map((seq) => line(seq, 'a'));
  const { store, keys } = setUp([...kept, ...others]);
  await store.show('job', { stepId: 'a', search: '' });
  expect(keys()).toHaveLength(1_000);
  expect(store.store.getState().earlier).toBe(true);
  await store.readEarlier();
  expect(keys()[0]).toBe(9_001);
  await store.readEarlier();
  expect(keys()[0]).toBe(1);
  expect(store.store.getState().earlier).toBe(false);
});

it('forgets what was asked for another step', async () => {
  const { store, keys, hold, drawFrame } = setUp([line(1, 'a'), line(2, 'b')]);
  let answer = () => {};
  hold(new Promise((resolve) => (answer = resolve)));
  const first = store.show('job', { stepId: 'a', search: '' });
  const second = store.show('job', { stepId: 'b', search: '' });
  answer();
  await Promise.all([first, second]);
  store.take([line(3, 'a'), line(4, 'b')], 0);
  drawFrame();
  expect(keys()).toEqual([2, 4]);
});
