import { beforeEach, describe, expect, it } from 'vitest';
import { createRouter } from './router.ts';

/** As much of a browser's history as the router uses; Back and Forward answer at once. */
function browser(hash = '') {
  const entries: { hash: string; state: unknown }[] = [{ hash, state: null }];
  let at = 0;
  const stored = new Map<string, string>();
  const listeners = new Map<string, (event: { state: unknown }) => void>();
  const current = () => entries[at] ?? { hash: '', state: null };
  const set = (state: unknown, address?: string) => {
    entries[at] = { hash: address ?? current().hash, state };
  };
  const move = (by: number) => {
    if (entries[at + by] === undefined) return;
    at += by;
    listeners.get('popstate')?.({ state: current().state });
  };
  const view = {
    sessionStorage: {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => stored.set(key, value),
    },
    location: {
      get hash() {
        return current().hash;
      },
    },
    history: {
      get state() {
        return current().state;
      },
      scrollRestoration: 'auto',
      replaceState: (state: unknown, _: string, address?: string) => set(state, address),
      pushState: (state: unknown, _: string, address: string) => {
        entries.splice(at + 1, entries.length, { hash: address, state });
        at += 1;
      },
      back: () => move(-1),
      forward: () => move(1),
    },
    addEventListener: (type: string, listener: (event: { state: unknown }) => void) =>
      listeners.set(type, listener),
  } as unknown as Window; // what is called
  /** A link that is followed, or an address that is typed. */
  const follow = (address: string) => {
    if (current().hash === address) set(null);
    else {
      entries.splice(at + 1, entries.length, { hash: address, state: null });
      at += 1;
    }
    listeners.get('popstate')?.({ state: null });
  };
  return { view, follow, current };
}

let told: string[] = [];
const memory = {
  leave: (index: number) => told.push(`leave ${index}`),
  arrive: (index: number) => told.push(`arrive ${index}`),
  forgetFrom: (index: number) => told.push(`forget ${index}`),
};
beforeEach(() => {
  told = [];
});
const device = { screen: 'device', id: 'd', tab: 'details' } as const;

describe('back and forward', () => {
  it('lead where one came from, by links and by actions, and say where they can', () => {
    const { view, follow } = browser();
    const router = createRouter(view, memory);
    expect(router.moves.getState()).toEqual({ back: false, forward: false });
    follow('#/devices?kind=nas');
    router.go(device);
    router.back();
    expect(router.store.getState()).toEqual({ screen: 'devices', query: 'kind=nas' });
    expect(router.moves.getState()).toEqual({ back: true, forward: true });
    router.back();
    expect(router.store.getState()).toEqual({ screen: 'overview' });
    router.forward();
    router.forward();
    expect(router.store.getState()).toEqual(device);
    expect(router.moves.getState()).toEqual({ back: true, forward: false });
  });

  it('keep how each place was left, and begin anew at a place that is new', () => {
    const { view, follow } = browser();
    const router = createRouter(view, memory);
    follow('#/devices');
    router.go(device);
    router.back();
    expect(told.slice(-2)).toEqual(['leave 2', 'arrive 1']);
    router.go({ screen: 'history' });
    expect(told.slice(-3)).toEqual(['leave 1', 'forget 2', 'arrive 2']);
    expect(router.moves.getState().forward).toBe(false);
  });

  it('pass over what was typed letter by letter', () => {
    const { view } = browser();
    const router = createRouter(view, memory);
    router.go({ screen: 'devices', query: '' });
    for (const query of ['search=p', 'search=pi']) router.replace({ screen: 'devices', query });
    router.go(device);
    router.back();
    expect(router.store.getState()).toEqual({ screen: 'devices', query: 'search=pi' });
    router.back();
    expect(router.store.getState()).toEqual({ screen: 'overview' });
  });

  it('take the link to the place that is shown for none', () => {
    const { view, follow } = browser();
    const router = createRouter(view, memory);
    follow('#/devices');
    follow('#/devices');
    router.go({ screen: 'devices', query: '' });
    router.back();
    expect(router.store.getState()).toEqual({ screen: 'overview' });
  });

  it('outlive a window that is loaded anew', () => {
    const { view, follow } = browser();
    createRouter(view, memory);
    follow('#/devices');
    const again = createRouter(view, memory);
    expect(again.moves.getState()).toEqual({ back: true, forward: false });
    again.back();
    expect(again.store.getState()).toEqual({ screen: 'overview' });
  });

  it('stay where they are for a key that is pasted in', () => {
    const { view, follow } = browser();
    const router = createRouter(view, memory);
    router.go({ screen: 'history' });
    follow('#token=abc');
    expect(router.store.getState()).toEqual({ screen: 'history' });
  });
});

describe('the way up to a list', () => {
  it('is back where the person came from it, as they had narrowed and sorted it', () => {
    const { view, current } = browser();
    const router = createRouter(view, memory);
    router.go({ screen: 'devices', query: 'tag=k3s&sort=-memoryBytes' });
    router.go(device);
    expect(router.listAddress('devices')).toBe('#/devices?tag=k3s&sort=-memoryBytes');
    router.up('devices');
    expect(current().hash).toBe('#/devices?tag=k3s&sort=-memoryBytes');
    expect(router.moves.getState().forward).toBe(true);
  });

  it('is a new step where other places lie in between, and the plain list without any', () => {
    const { view } = browser();
    const router = createRouter(view, memory);
    router.go(device);
    expect(router.listAddress('devices')).toBe('#/devices');
    router.go({ screen: 'devices', query: 'search=pi' });
    router.go(device);
    router.go({ ...device, id: 'e' });
    router.up('devices');
    expect(router.store.getState()).toEqual({ screen: 'devices', query: 'search=pi' });
    expect(router.moves.getState().forward).toBe(false);
  });
});

describe('the place of the last start', () => {
  it('is shown again where nobody asked for another', () => {
    for (const hash of ['', '#token=abc']) {
      const router = createRouter(browser(hash).view, memory);
      router.resume('#/devices?kind=nas');
      expect(router.store.getState()).toEqual({ screen: 'devices', query: 'kind=nas' });
    }
  });

  it('is left where somebody did, went on meanwhile, or it is none', () => {
    const asked = createRouter(browser('#/history').view, memory);
    asked.resume('#/devices');
    expect(asked.store.getState()).toEqual({ screen: 'history' });
    const moved = createRouter(browser().view, memory);
    moved.go({ screen: 'services' });
    moved.resume('#/devices');
    expect(moved.store.getState()).toEqual({ screen: 'services' });
    const odd = createRouter(browser().view, memory);
    odd.resume('#/nowhere');
    expect(odd.store.getState()).toEqual({ screen: 'overview' });
  });
});
