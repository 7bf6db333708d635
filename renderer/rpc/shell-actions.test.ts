import { expect, it } from 'vitest';
import { takeShellActions } from './shell-actions.ts';

type Listener = (event: Record<string, unknown>) => void;

function setUp(shell: 'desktop' | 'browser', platform = 'Linux x86_64') {
  const listeners = new Map<string, Listener>();
  const view = {
    rackhelm: shell === 'desktop' ? { shell } : undefined,
    navigator: { platform },
    location: { origin: 'app://rackhelm' },
    addEventListener: (type: string, listener: Listener) => listeners.set(type, listener),
  } as unknown as Window; // what is called
  const ran: string[] = [];
  takeShellActions(view, (id) => ran.push(id));
  const own = { source: view, origin: 'app://rackhelm' };
  return { listeners, ran, own };
}

const message = { type: 'rackhelm-action', id: 'back' };

it('runs what the menu of the desktop shell asks for', () => {
  const { listeners, ran, own } = setUp('desktop');
  listeners.get('message')?.({ ...own, data: message });
  expect(ran).toEqual(['back']);
});

it.each([
  ['another origin', { origin: 'https://example.com', data: message }],
  ['another window', { source: {}, data: message }],
  ['an action that is none of the menu', { data: { ...message, id: 'delete-selected' } }],
  ['another message', { data: { type: 'rackhelm-port', id: 'back' } }],
  ['nothing', { data: null }],
])('runs nothing for %s', (_what, event) => {
  const { listeners, ran, own } = setUp('desktop');
  listeners.get('message')?.({ ...own, ...event });
  expect(ran).toEqual([]);
});

it('leaves the keys of the mouse to the browser, and takes them on a Mac', () => {
  expect([...setUp('browser').listeners.keys()]).toEqual([]);
  expect([...setUp('desktop').listeners.keys()]).toEqual(['message']);
  const { listeners, ran } = setUp('desktop', 'MacIntel');
  for (const button of [0, 3, 4]) {
    listeners.get('mouseup')?.({ button, preventDefault: () => undefined });
  }
  expect(ran).toEqual(['back', 'forward']);
});
