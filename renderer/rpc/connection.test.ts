import { describe, expect, it, vi } from 'vitest';
import type { Link } from './client.ts';
import { type Channel, createConnection, waitBefore } from './connection.ts';

const link: Link = { call: () => Promise.resolve(null) };

function channel(): { channel: Channel; drop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { channel: { link, closed: promise }, drop: resolve };
}

describe('connection', () => {
  it('waits longer after each failure, up to ten seconds', () => {
    expect([1, 2, 3, 20].map(waitBefore)).toEqual([300, 600, 1200, 10_000]);
  });

  it('is open once it has a channel, and has no link before', async () => {
    const connection = createConnection({ dial: async () => channel().channel });
    expect(connection.link()).toBeNull();
    connection.start();
    await vi.waitFor(() => expect(connection.store.getState().status).toBe('open'));
    expect(connection.link()).toBe(link);
  });

  it('connects again by itself when the channel drops, and tells of each opening', async () => {
    const first = channel();
    const channels = [first.channel, channel().channel];
    const connection = createConnection({
      dial: async () => channels.shift() ?? Promise.reject(new Error('no more')),
    });
    const opened = vi.fn();
    connection.onOpen(opened);
    connection.start();
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1));
    first.drop();
    await vi.waitFor(() => expect(connection.store.getState().status).toBe('lost'));
    expect(connection.link()).toBeNull();
    connection.retryNow();
    await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2));
    expect(connection.store.getState().status).toBe('open');
  });

  it('gives up when the host wants a key', async () => {
    const dial = vi.fn(async () => 'refused' as const);
    const connection = createConnection({ dial });
    connection.start();
    await vi.waitFor(() => expect(connection.store.getState().status).toBe('no-key'));
    expect(dial).toHaveBeenCalledTimes(1);
  });

  it('tries anew after a refusal when the person brings a key', async () => {
    const answers: (Channel | 'refused')[] = ['refused', channel().channel];
    const connection = createConnection({ dial: async () => answers.shift() ?? 'refused' });
    connection.start();
    await vi.waitFor(() => expect(connection.store.getState().status).toBe('no-key'));
    connection.retryNow();
    await vi.waitFor(() => expect(connection.store.getState().status).toBe('open'));
  });

  it('counts the attempts while the host is away', async () => {
    const connection = createConnection({ dial: () => Promise.reject(new Error('refused')) });
    connection.start();
    await vi.waitFor(() =>
      expect(connection.store.getState()).toEqual({ status: 'lost', attempt: 1 }),
    );
    connection.retryNow();
    await vi.waitFor(() =>
      expect(connection.store.getState()).toEqual({ status: 'lost', attempt: 2 }),
    );
  });
});
