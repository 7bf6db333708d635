import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Clock } from './clock.ts';

describe('Clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('expires after its time', () => {
    const expired = vi.fn();
    new Clock(1000, expired);
    vi.advanceTimersByTime(999);
    expect(expired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledOnce();
  });

  it('does not count while it is held, and holds nest', () => {
    const expired = vi.fn();
    const clock = new Clock(1000, expired);
    vi.advanceTimersByTime(600);
    const outer = clock.hold();
    const inner = clock.hold();
    vi.advanceTimersByTime(60_000);
    outer();
    outer();
    vi.advanceTimersByTime(60_000);
    inner();
    vi.advanceTimersByTime(399);
    expect(expired).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(expired).toHaveBeenCalledOnce();
  });

  it('is silent once stopped, also when a hold ends later', () => {
    const expired = vi.fn();
    const clock = new Clock(10, expired);
    const release = clock.hold();
    clock.stop();
    release();
    vi.advanceTimersByTime(1000);
    expect(expired).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells how long it ran, without the holds', () => {
    const clock = new Clock(Number.POSITIVE_INFINITY, () => {});
    vi.advanceTimersByTime(30);
    const release = clock.hold();
    vi.advanceTimersByTime(500);
    release();
    vi.advanceTimersByTime(12);
    clock.stop();
    vi.advanceTimersByTime(100);
    expect(clock.ranMs).toBe(42);
  });

  it('never expires when it has all the time', () => {
    new Clock(Number.POSITIVE_INFINITY, () => {});
    expect(vi.getTimerCount()).toBe(0);
  });
});
