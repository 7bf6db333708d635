import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { Heartbeat } from './heartbeat.ts';

describe('Heartbeat', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const minute = 60_000;

  function beating(beat: () => Promise<void> = async () => {}) {
    const count = { beats: 0 };
    const lock = {
      beat: () => {
        count.beats += 1;
        return beat();
      },
    };
    return { count, heartbeat: new Heartbeat({ lock }) };
  }

  it('gives signs while something runs, and a while after, and then no more', async () => {
    const { count, heartbeat } = beating();
    const { promise, resolve } = Promise.withResolvers<void>();
    const running = heartbeat.during(() => promise);
    await vi.advanceTimersByTimeAsync(20 * minute);
    expect(count.beats).toBe(40);
    resolve();
    await running;
    await vi.advanceTimersByTimeAsync(60 * minute);
    expect(count.beats).toBe(50);
    heartbeat.stop();
  });

  it('lets nothing more run once the lock is lost, and survives a machine that is away', async () => {
    let error = new RackhelmError('SSH_TIMEOUT', 'It did not answer.');
    const { heartbeat } = beating(() => Promise.reject(error));
    await vi.advanceTimersByTimeAsync(minute);
    expect(await heartbeat.during(async () => 'well')).toBe('well');
    error = new RackhelmError('LOCK_LOST', 'Another took it.');
    await vi.advanceTimersByTimeAsync(minute);
    await expect(heartbeat.during(async () => 'well')).rejects.toBe(error);
    expect(heartbeat.lost).toBe(true);
    heartbeat.stop();
  });
});
