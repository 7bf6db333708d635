import { expect, it, vi } from 'vitest';
import type { Client } from '../../rpc/client.ts';
import { LinkDownError } from '../../rpc/failure.ts';
import { createRecoveryStore } from './recovery-store.ts';

function setUp(database: 'ready' | 'damaged' = 'ready') {
  const info = vi.fn(async () => ({
    version: '1',
    shell: 'browser',
    dataDirectory: '/d',
    database,
  }));
  const damage = async () => ({ problem: 'Torn.', file: '/d/x', copies: [] });
  const recover = vi.fn(async () => ({ keptAs: 'x-damaged' }));
  const client = { system: { info, damage, recover } } as unknown as Client; // what is called
  const done = vi.fn();
  const recovery = createRecoveryStore(client, { done });
  return { recovery, info, recover, done, state: () => recovery.store.getState() };
}

it('keeps the window when the connection drops in the middle of asking', async () => {
  const { recovery, info, state } = setUp();
  await recovery.check();
  info.mockRejectedValueOnce(new LinkDownError());
  await recovery.check();
  expect(state().status).toBe('ready');
});

it('says what is wrong when the host itself fails', async () => {
  const { recovery, info, state } = setUp();
  info.mockRejectedValueOnce(new Error('broken'));
  await recovery.check();
  expect(state()).toMatchObject({ status: 'failed', failure: { message: 'broken' } });
});

it('restores once, however often it is pressed, and says where the damaged file is', async () => {
  const { recovery, recover, done } = setUp('damaged');
  await recovery.check();
  await Promise.all([recovery.restore('copy'), recovery.restore('copy')]);
  expect(recover).toHaveBeenCalledTimes(1);
  expect(done).toHaveBeenCalledWith(expect.stringContaining('x-damaged'));
});
