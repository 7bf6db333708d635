import { expect, it, vi } from 'vitest';
import type { Client } from '../../rpc/client.ts';
import { LinkDownError } from '../../rpc/failure.ts';
import { createRecoveryStore } from './recovery-store.ts';

function setUp(database: 'ready' | 'damaged' | 'displaced' = 'ready') {
  const info = vi.fn(async () => ({
    version: '1',
    shell: 'browser',
    dataDirectory: '/d',
    database,
  }));
  const damage = async () => ({ problem: 'Torn.', file: '/d/x', copies: [] });
  const recover = vi.fn(async () => ({ keptAs: 'x-damaged' }));
  const displacement = async () => ({ file: '/d/x', what: 'missing' });
  const putBack = vi.fn(async () => ({ keptAs: null }));
  const client = { system: { info, damage, recover, displacement, putBack } } as unknown as Client; // what is called
  const done = vi.fn();
  const recovery = createRecoveryStore(client, { done, failed: vi.fn() });
  return { recovery, info, recover, putBack, done, state: () => recovery.store.getState() };
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

it('puts a displaced database back once, and keeps showing it meanwhile', async () => {
  const { recovery, info, putBack, done, state } = setUp('displaced');
  await recovery.check();
  expect(state()).toMatchObject({ status: 'ready', displaced: { what: 'missing' } });
  info.mockResolvedValue({
    version: '1',
    shell: 'browser',
    dataDirectory: '/d',
    database: 'ready',
  });
  await Promise.all([recovery.putBack(), recovery.putBack()]);
  expect(putBack).toHaveBeenCalledTimes(1);
  expect(done).toHaveBeenCalledWith(expect.stringContaining('back in its place'));
  expect(state()).toMatchObject({ status: 'ready', displaced: null });
});
