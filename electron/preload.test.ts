import { beforeEach, expect, it, vi } from 'vitest';

type Listener = (event: Record<string, unknown>) => void;

// The preload script takes Electron from a module that only exists inside Electron.
const bridge = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  asked: [] as string[],
  on: new Map<string, (event: Record<string, unknown>, message?: unknown) => void>(),
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (name: string, api: unknown) => bridge.exposed.set(name, api),
  },
  ipcRenderer: {
    send: (channel: string) => bridge.asked.push(channel),
    on: (channel: string, listener: Listener) => bridge.on.set(channel, listener),
  },
}));

const page = {
  onMessage: [] as Listener[],
  posted: [] as unknown[][],
  addEventListener: (_type: string, listener: Listener) => page.onMessage.push(listener),
  postMessage: (...args: unknown[]) => page.posted.push(args),
};

beforeEach(async () => {
  vi.resetModules();
  for (const list of [bridge.asked, page.onMessage, page.posted]) list.length = 0;
  bridge.on.clear();
  vi.stubGlobal('window', page);
  vi.stubGlobal('location', { origin: 'app://rackhelm' });
  await import('./preload.ts');
});

const ready = { source: page, origin: 'app://rackhelm', data: { type: 'rackhelm-ready' } };

it('tells the page its shell and nothing more', () => {
  expect([...bridge.exposed]).toEqual([['rackhelm', { shell: 'desktop' }]]);
});

it('asks for a port when the page says that it listens', () => {
  page.onMessage[0]?.(ready);
  expect(bridge.asked).toEqual(['rackhelm:port']);
});

it.each([
  ['another window', { ...ready, source: {} }],
  ['another origin', { ...ready, origin: 'https://example.com' }],
  ['another message', { ...ready, data: { type: 'rackhelm-port' } }],
  ['no object', { ...ready, data: 'rackhelm-ready' }],
  ['nothing', { ...ready, data: null }],
])('does not ask for a port for %s', (_who, event) => {
  page.onMessage[0]?.(event);
  expect(bridge.asked).toEqual([]);
});

it('passes the port on to our own origin only', () => {
  bridge.on.get('rackhelm:port')?.({ ports: ['the port'] });
  expect(page.posted).toEqual([[{ type: 'rackhelm-port' }, 'app://rackhelm', ['the port']]]);
});

it('passes on which action the menu asks for, to our own origin only', () => {
  bridge.on.get('rackhelm:action')?.({}, 'back');
  expect(page.posted).toEqual([[{ type: 'rackhelm-action', id: 'back' }, 'app://rackhelm']]);
});
