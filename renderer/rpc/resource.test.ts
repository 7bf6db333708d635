import { ORPCError } from '@orpc/client';
import { describe, expect, it, vi } from 'vitest';
import { LinkDownError } from './failure.ts';
import { createResourcePool } from './resource.ts';

describe('resources', () => {
  it('reads when something shows it, and not before', async () => {
    const load = vi.fn(async () => 'data');
    const resource = createResourcePool().create(load);
    expect(load).not.toHaveBeenCalled();
    resource.retain();
    await vi.waitFor(() =>
      expect(resource.store.getState()).toEqual({ status: 'ready', data: 'data', stale: null }),
    );
  });

  it('reads again what is shown when the inventory changes, the rest when it is next shown', async () => {
    const pool = createResourcePool();
    const shown = vi.fn(async () => 1);
    const hidden = vi.fn(async () => 2);
    pool.create(shown).retain();
    const other = pool.create(hidden);
    other.retain()();
    pool.invalidate();
    expect(shown).toHaveBeenCalledTimes(2);
    expect(hidden).toHaveBeenCalledTimes(1);
    other.retain();
    expect(hidden).toHaveBeenCalledTimes(2);
  });

  it('ends a reading that was overtaken only when the newer one has ended', async () => {
    let version = 1;
    const pool = createResourcePool();
    const resource = pool.create(async (signal) => {
      const read = version;
      await new Promise((resolve) => setTimeout(resolve, 5));
      signal.throwIfAborted();
      return read;
    });
    resource.retain();
    const done = resource.reload();
    version = 2;
    pool.invalidate();
    await done;
    expect(resource.store.getState()).toMatchObject({ status: 'ready', data: 2 });
  });

  it('shows no longer what is not there any more', async () => {
    let gone = false;
    const resource = createResourcePool().create(async () => {
      if (gone) throw new ORPCError('NOT_FOUND', { message: 'There is no such device.' });
      return 'good';
    });
    await resource.reload();
    gone = true;
    await resource.reload();
    expect(resource.store.getState()).toMatchObject({
      status: 'failed',
      failure: { code: 'NOT_FOUND' },
    });
  });

  it('keeps the last good data when a later reading fails, and says why', async () => {
    let fail = false;
    const resource = createResourcePool().create(async () => {
      if (fail) throw new Error('gone');
      return 'good';
    });
    await resource.reload();
    fail = true;
    await resource.reload();
    expect(resource.store.getState()).toMatchObject({
      status: 'ready',
      data: 'good',
      stale: { message: 'gone' },
    });
  });

  it('shows a failure when there is nothing else, and recovers from it', async () => {
    let fail = true;
    const resource = createResourcePool().create(async () => {
      if (fail) throw new Error('down');
      return 'up';
    });
    await resource.reload();
    expect(resource.store.getState()).toMatchObject({
      status: 'failed',
      failure: { message: 'down' },
    });
    fail = false;
    await resource.reload();
    expect(resource.store.getState()).toMatchObject({ status: 'ready', data: 'up' });
  });

  it('drops an answer that a later question overtook', async () => {
    const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    let n = 0;
    const resource = createResourcePool().create(() => {
      const answer = answers[n] ?? Promise.withResolvers<string>();
      n += 1;
      return answer.promise;
    });
    const both = [resource.reload(), resource.reload()];
    answers[1]?.resolve('new');
    answers[0]?.resolve('old');
    await Promise.all(both);
    expect(resource.store.getState()).toMatchObject({ data: 'new' });
  });

  it('tells of what is shown and could not be read again, until it is read or shown no more', async () => {
    const pool = createResourcePool();
    let fail: Error | null = null;
    const resource = pool.create(async () => {
      if (fail !== null) throw fail;
      return 'good';
    });
    const release = resource.retain();
    await resource.reload();
    const told = () => pool.stale.getState().failure?.message ?? null;
    fail = new Error('locked');
    await resource.reload();
    expect(told()).toBe('locked');
    fail = null;
    await resource.reload();
    expect(told()).toBeNull();
    // The connection has a banner of its own.
    fail = new LinkDownError();
    await resource.reload();
    expect(told()).toBeNull();
    fail = new Error('locked');
    await resource.reload();
    release();
    expect(told()).toBeNull();
  });

  it('reads again what was forgotten between being asked for and being shown', () => {
    const pool = createResourcePool();
    const load = vi.fn(async (key: string) => key);
    const byKey = pool.createKeyed(load);
    const late = byKey('late');
    for (let n = 0; n < 40; n += 1) byKey(`other-${n}`).retain()();
    late.retain();
    load.mockClear();
    pool.invalidate();
    expect(load.mock.calls.map(([key]) => key)).toEqual(['late']);
    expect(byKey('late')).toBe(late);
  });

  it('gives the same resource for the same key', () => {
    const byId = createResourcePool().createKeyed(async (id) => id);
    expect(byId('a')).toBe(byId('a'));
    expect(byId('a')).not.toBe(byId('b'));
  });
});
