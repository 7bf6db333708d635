import { describe, expect, it, vi } from 'vitest';
import type { Activity } from '../../../../shared/contract/system.ts';
import { Activities, withoutSeen } from './activities.ts';

describe('Activities', () => {
  it('tells listeners of each step until they leave', () => {
    const activities = new Activities(() => 5);
    const heard: Activity[] = [];
    const leave = activities.subscribe((activity) => heard.push(activity));
    const handle = activities.start('Connect to pi-1');
    handle.line('Connected');
    leave();
    handle.end('done');
    expect(heard.map(({ state, lines }) => [state, lines.length])).toEqual([
      ['running', 0],
      ['running', 1],
    ]);
    expect(activities.list()).toMatchObject([
      { title: 'Connect to pi-1', state: 'done', endedAt: 5, lines: [{ text: 'Connected' }] },
    ]);
  });

  it('forgets the oldest that ended, never one that runs', () => {
    const activities = new Activities();
    const running = activities.start('still running');
    for (let i = 0; i < 100; i += 1) activities.start(`short ${i}`).end('done');
    const ids = activities.list().map(({ id }) => id);
    expect(ids).toContain(running.id);
    expect(ids.length).toBe(50);
  });

  it('keeps the last 200 lines of one activity', () => {
    const activities = new Activities();
    const handle = activities.start('chatty');
    for (let i = 0; i < 300; i += 1) handle.line(`line ${i}`);
    const [activity] = activities.list();
    expect(activity?.lines.length).toBe(200);
    expect(activity?.lines.at(-1)?.text).toBe('line 299');
  });

  it('clears what has ended away and says so, and leaves what runs', () => {
    const activities = new Activities();
    const running = activities.start('still running');
    activities.start('short').end('failed');
    let told = 0;
    const leave = activities.onClear(() => {
      told += 1;
    });
    activities.clearEnded();
    expect(activities.list().map(({ id }) => id)).toEqual([running.id]);
    leave();
    activities.clearEnded();
    expect(told).toBe(1);
  });
});

it('tells a listener only the lines of a log that it has not heard', () => {
  const activities = new Activities();
  const { line, id } = activities.start('Refresh 3 devices');
  for (let n = 0; n < 205; n += 1) line(`line ${n}`);
  const [activity] = activities.list();
  if (activity === undefined) throw new Error('There is one.');
  expect([activity.id, activity.lines.length, activity.firstLine]).toEqual([id, 200, 5]);
  const news = withoutSeen(activity, 203);
  expect(news.lines.map(({ text }) => text)).toEqual(['line 203', 'line 204']);
  expect(news.firstLine).toBe(203);
  expect(withoutSeen(activity, 0).lines).toHaveLength(200);
  expect(withoutSeen(activity, 205).lines).toEqual([]);
});

it('keeps each step of its progress, and tells of it now and then', () => {
  vi.useFakeTimers();
  try {
    const activities = new Activities();
    const told: number[] = [];
    const activity = activities.start('Refresh 1000 devices');
    activities.subscribe(({ progress }) => told.push(progress?.done ?? -1));
    for (let n = 1; n <= 500; n += 1) activity.progress(n, 1000);
    expect(activities.list()[0]?.progress).toEqual({ done: 500, total: 1000 });
    expect(told).toEqual([]);
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([500]);
    activity.progress(501, 1000);
    activity.end('done');
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([500, 501]);
  } finally {
    vi.useRealTimers();
  }
});

it('is cancelled by its id, as long as it runs and can be', () => {
  const activities = new Activities();
  let cancelled = 0;
  const activity = activities.start('Refresh 3 devices', { cancel: () => (cancelled += 1) });
  const other = activities.start('Connect to nas');
  expect(activities.cancel(other.id)).toBe(false);
  expect(activities.cancel(activity.id)).toBe(true);
  activity.end('cancelled');
  expect(activities.cancel(activity.id)).toBe(false);
  expect(cancelled).toBe(1);
});
