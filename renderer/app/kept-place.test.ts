import { beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { RecoveryState } from '../features/recovery/recovery-store.ts';
import type { Client } from '../rpc/client.ts';
import { keepPlace } from './kept-place.ts';
import type { Route } from './routes.ts';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

function setUp(place: string | null) {
  const kept: string[] = [];
  const resumed: string[] = [];
  const store = createStore<Route>(() => ({ screen: 'overview' }));
  const recovery = createStore<RecoveryState>(() => ({ status: 'checking' }));
  const keep = vi.fn(async ({ address }: { address: string }) => kept.push(address));
  const client = { system: { keepPlace: keep } } as unknown as Client; // what is called
  keepPlace({
    client,
    router: { store, resume: (address) => void resumed.push(address) },
    recovery: { store: recovery },
  });
  // what is read of it
  const ready = { status: 'ready', info: { place } } as RecoveryState;
  const go = (route: Route) => store.setState(route, true);
  return { kept, resumed, keep, go, beReady: () => recovery.setState(ready, true) };
}

it('begins where the last start ended, once', () => {
  const { resumed, beReady } = setUp('#/devices?search=pi');
  beReady();
  beReady();
  expect(resumed).toEqual(['#/devices?search=pi']);
});

it('tells where the person goes when they have settled there', async () => {
  const { kept, go, beReady } = setUp(null);
  go({ screen: 'services' });
  beReady();
  for (const query of ['search=p', 'search=pi']) go({ screen: 'devices', query });
  await vi.advanceTimersByTimeAsync(1_000);
  go({ screen: 'unknown', hash: '#/x' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept).toEqual(['#/devices?search=pi']);
});

it('bears a host that does not answer', async () => {
  const { kept, keep, go, beReady } = setUp(null);
  beReady();
  keep.mockRejectedValueOnce(new Error('away'));
  go({ screen: 'services' });
  await vi.advanceTimersByTimeAsync(1_000);
  go({ screen: 'history' });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(kept).toEqual(['#/history']);
});
