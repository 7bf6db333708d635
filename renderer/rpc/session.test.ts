import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { ConnectionState } from './connection.ts';
import { redeemToken, takeLaterKeys, tokenOf } from './session.ts';

describe('one-time key in the address', () => {
  it('is read from the fragment', () => {
    expect(tokenOf('#token=a-b_c')).toBe('a-b_c');
    expect(tokenOf('#token=a%2Bb')).toBe('a+b');
    expect(tokenOf('#token=a%')).toBe('a%');
  });

  it('is not there in an ordinary address', () => {
    expect(tokenOf('')).toBeNull();
    expect(tokenOf('#/devices?search=token=1')).toBeNull();
  });
});

/** A window at an address with a token; what it fetches is answered by `fetch`. */
function windowWith(fetch: () => Promise<unknown>) {
  const location = { hash: '#token=abc', pathname: '/', search: '' };
  const listeners: (() => void)[] = [];
  const view = {
    location,
    history: {
      replaceState() {
        location.hash = '';
      },
    },
    fetch: vi.fn(fetch),
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  };
  const change = (hash: string) => {
    location.hash = hash;
    for (const listener of listeners) listener();
  };
  return { view: view as unknown as Window, fetch: view.fetch, location, change }; // what is used
}

describe('redeeming it', () => {
  it('takes it out of the address, used or not', async () => {
    const { view, location } = windowWith(async () => ({ ok: false, status: 403 }));
    await redeemToken(view);
    expect(location.hash).toBe('');
  });

  it('keeps it while the host is away, for the next try', async () => {
    const { view, location } = windowWith(() => Promise.reject(new TypeError('refused')));
    await expect(redeemToken(view)).rejects.toThrow();
    expect(location.hash).toBe('#token=abc');
  });
});

describe('a key that comes later', () => {
  function setUp(state: ConnectionState) {
    const parts = windowWith(async () => ({ ok: true, status: 204 }));
    const retryNow = vi.fn();
    takeLaterKeys(parts.view, { store: createStore<ConnectionState>(() => state), retryNow });
    return { ...parts, retryNow };
  }

  it('connects a window that had none', () => {
    const { change, retryNow } = setUp({ status: 'no-key' });
    change('#/devices');
    expect(retryNow).not.toHaveBeenCalled();
    change('#token=new');
    expect(retryNow).toHaveBeenCalledTimes(1);
  });

  it('does not stay in the address of a window that is connected', async () => {
    const { change, location, retryNow } = setUp({ status: 'open' });
    change('#token=new');
    await vi.waitFor(() => expect(location.hash).toBe(''));
    expect(retryNow).not.toHaveBeenCalled();
  });
});
