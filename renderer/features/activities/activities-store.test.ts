import { expect, it } from 'vitest';
import type { Activity } from '../../../shared/contract/system.ts';
import { asShown, withActivity } from './activities-store.ts';

const activity = (
  id: string,
  startedAt: number,
  state: Activity['state'] = 'running',
): Activity => ({
  id,
  title: id,
  state,
  startedAt,
  endedAt: null,
  lines: [],
  firstLine: 0,
  progress: null,
  cancellable: false,
  deviceId: null,
});

it('replaces an activity in its place and puts a new one on top', () => {
  const list = [activity('b', 2), activity('a', 1)];
  const done = withActivity(list, activity('a', 1, 'done'));
  expect(done.map(({ id, state }) => [id, state])).toEqual([
    ['b', 'running'],
    ['a', 'done'],
  ]);
  expect(withActivity(done, activity('c', 3)).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

it('puts what came since to the end of the log that is known', () => {
  const line = (text: string) => ({ at: 1, text });
  const known = { ...activity('a', 1), lines: [line('one'), line('two')] };
  const news = { ...activity('a', 1), lines: [line('three')], firstLine: 2 };
  const [shown] = withActivity([known], news);
  expect(shown?.lines.map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  // The host sends all it has after a new connection; nothing may stand twice.
  const [again] = withActivity([known], { ...known, lines: [line('one'), line('two')] });
  expect(again?.lines).toHaveLength(2);
});

it('does not claim that something runs while nothing answers', () => {
  const list = [activity('b', 2), { ...activity('a', 1, 'done'), endedAt: 3 }];
  expect(asShown(list, true)).toBe(list);
  expect(asShown(list, false).map(({ state }) => state)).toEqual(['unknown', 'done']);
});

it('keeps a hundred at most', () => {
  let list: readonly Activity[] = [];
  for (let n = 0; n < 120; n += 1) list = withActivity(list, activity(`a${n}`, n));
  expect(list).toHaveLength(100);
  expect(list[0]?.id).toBe('a119');
});
