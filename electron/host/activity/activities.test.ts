import { describe, expect, it } from 'vitest';
import type { Activity } from '../../../shared/contract/system.ts';
import { Activities } from './activities.ts';

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
