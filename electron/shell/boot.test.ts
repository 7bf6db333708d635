import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bootDesktop } from './boot.ts';
import { type FakeElectron, fakeElectron } from './fake-electron.ts';

let profile = '';
beforeEach(() => {
  profile = mkdtempSync(path.join(tmpdir(), 'rackhelm-boot-'));
});
afterEach(() => rmSync(profile, { recursive: true, force: true }));

const settle = () => new Promise((resolve) => setImmediate(resolve));

async function boot(electron: FakeElectron, platform: NodeJS.Platform = 'linux'): Promise<void> {
  bootDesktop({
    electron,
    places: {
      renderer: '/app/renderer',
      preload: '/app/preload.cjs',
      dataDirectory: '/d',
      profile,
    },
    platform,
    log: () => {},
  });
  electron.app.becomeReady();
  await settle();
}

/** Quits as Electron does: true when the app ends, false when something held it back. */
function tryToQuit(electron: FakeElectron): boolean {
  let held = false;
  const preventDefault = () => {
    held = true;
  };
  electron.app.emit('will-quit', { preventDefault });
  return !held;
}

it('takes the lock first, then sandbox and scheme, and the rest only when Electron is ready', async () => {
  const electron = fakeElectron();
  const booting = boot(electron);
  const privileges = '{"standard":true,"secure":true,"supportFetchAPI":true}';
  const before = ['lock', 'sandbox', `scheme app ${privileges}`];
  expect(electron.events).toEqual(before);
  await booting;
  expect(electron.events).toEqual([
    ...before,
    'serve app',
    'permissions',
    'menu',
    'window',
    'host',
  ]);
});

it('gives way to the instance that runs already', async () => {
  const electron = fakeElectron({ firstInstance: false });
  await boot(electron);
  expect(electron.events).toEqual(['lock', 'quit']);
});

it('comes to the front when it is started a second time', async () => {
  const electron = fakeElectron();
  await boot(electron);
  const [window] = electron.windows;
  if (window === undefined) throw new Error('No window was opened.');
  window.minimized = true;
  electron.app.emit('second-instance');
  expect(electron.windows).toHaveLength(1);
  expect(window.calls.slice(-3)).toEqual(['restore', 'show', 'focus']);
});

it('opens the window with everything of Node and Electron locked away', async () => {
  const electron = fakeElectron();
  await boot(electron);
  expect(electron.windows[0]?.options.webPreferences).toEqual({
    preload: '/app/preload.cjs',
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    devTools: false,
    spellcheck: false,
  });
  expect(electron.windows[0]?.calls).toEqual(['load app://rackhelm/']);
});

it('connects its own page to the host and refuses a foreign one', async () => {
  const electron = fakeElectron();
  await boot(electron);
  electron.hosts[0]?.tell({ type: 'ready' });
  const page = electron.windows[0]?.webContents;
  const ask = (origin: string) =>
    electron.ipcMain.emit('rackhelm:port', { sender: page, senderFrame: { origin, parent: null } });
  ask('https://example.com');
  expect(electron.hosts[0]?.types).toEqual([]);
  ask('app://rackhelm');
  expect(electron.hosts[0]?.types).toEqual(['port']);
  expect(page?.received).toHaveLength(1);
});

it('says in a dialog why the host cannot start and what to do', async () => {
  const electron = fakeElectron();
  electron.answer = 1;
  await boot(electron);
  electron.hosts[0]?.tell({
    type: 'failed',
    code: 'DATA_IN_USE',
    message: 'Another Rackhelm uses this data directory.',
    hint: 'Use the window that is open.',
  });
  await settle();
  const [question] = electron.questions;
  expect(question?.message).toBe('Another Rackhelm uses this data directory.');
  expect(question?.detail).toContain('Use the window that is open.');
  expect(question?.buttons).toEqual(['Try Again', 'Quit']);
  expect(electron.events.at(-1)).toBe('quit');
});

it('offers to restart a crashed host, and only to quit after the fourth crash in a row', async () => {
  const electron = fakeElectron();
  await boot(electron);
  for (const index of [0, 1, 2, 3]) {
    electron.hosts[index]?.end(1);
    await settle();
  }
  expect(electron.questions.map((question) => question.buttons)).toEqual([
    ['Restart It', 'Quit'],
    ['Restart It', 'Quit'],
    ['Restart It', 'Quit'],
    ['Quit'],
  ]);
  expect(electron.hosts).toHaveLength(4);
  expect(electron.events.at(-1)).toBe('quit');
});

it('holds the end back until the host has closed', async () => {
  const electron = fakeElectron();
  await boot(electron);
  electron.hosts[0]?.tell({ type: 'ready' });
  expect(tryToQuit(electron)).toBe(false);
  expect(electron.hosts[0]?.types).toEqual(['shutdown']);
  expect(electron.events).not.toContain('quit');
  electron.hosts[0]?.end(0);
  await settle();
  expect(electron.events.at(-1)).toBe('quit');
  expect(tryToQuit(electron)).toBe(true);
});

it.each([
  ['linux', true],
  ['win32', true],
  ['darwin', false],
] as const)('on %s the last window takes the app with it: %s', async (platform, quits) => {
  const electron = fakeElectron();
  await boot(electron, platform);
  electron.windows[0]?.emit('closed');
  electron.app.emit('window-all-closed');
  expect(electron.events.includes('quit')).toBe(quits);
});

it('opens a new window when the app is activated without one, and connects that', async () => {
  const electron = fakeElectron();
  await boot(electron, 'darwin');
  electron.hosts[0]?.tell({ type: 'ready' });
  electron.windows[0]?.emit('closed');
  electron.app.emit('activate');
  expect(electron.windows).toHaveLength(2);
  const senderFrame = { origin: 'app://rackhelm', parent: null };
  for (const { webContents } of electron.windows) {
    electron.ipcMain.emit('rackhelm:port', { sender: webContents, senderFrame });
  }
  expect(electron.windows.map((window) => window.webContents.received.length)).toEqual([0, 1]);
});

it('restricts every page that comes to be', async () => {
  const electron = fakeElectron();
  await boot(electron);
  const page = electron.windows[0]?.webContents;
  electron.app.emit('web-contents-created', {}, page);
  expect(page?.openHandler?.({ url: 'https://docs.k3s.io/' })).toEqual({ action: 'deny' });
  expect(electron.opened).toEqual(['https://docs.k3s.io/']);
});

it('says so and ends with 1 when the shell itself cannot be set up', async () => {
  const electron = fakeElectron();
  const broken: FakeElectron = {
    ...electron,
    menu: {
      ...electron.menu,
      buildFromTemplate: () => {
        throw new Error('no menus here');
      },
    },
  };
  await boot(broken);
  expect(electron.events.slice(-2)).toEqual(['error box: Rackhelm could not start', 'exit 1']);
});
