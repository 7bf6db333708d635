import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeWindow, fakeElectron } from './fake-electron.ts';
import { openWindow } from './window.ts';
import { WindowStateFile } from './window-state.ts';

let folder = '';
let log: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-window-'));
  log = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = () => path.join(folder, 'window.json');
const stateFile = (directory = folder) => new WindowStateFile(directory, (line) => log.push(line));

function open({
  dark = true,
  packaged = true,
  loading = Promise.resolve(),
  again = true,
} = {}): FakeWindow {
  const { screen } = fakeElectron();
  let opened: FakeWindow | null = null;
  const create = class extends FakeWindow {
    override loading = loading;
    constructor(options: ConstructorParameters<typeof FakeWindow>[0]) {
      super(options);
      opened = this;
    }
  };
  openWindow({
    create,
    screen,
    nativeTheme: { shouldUseDarkColors: dark },
    stateFile: stateFile(),
    preload: '/preload.cjs',
    packaged,
    askAfterPageCrash: async () => again,
    log: (line) => log.push(line),
  });
  if (opened === null) throw new Error('No window was opened.');
  return opened;
}

describe('opening', () => {
  it('shows nothing until the page has painted', () => {
    const window = open();
    expect(window.options.show).toBe(false);
    expect(window.calls).not.toContain('show');
    window.emit('ready-to-show');
    expect(window.calls.at(-1)).toBe('show');
  });

  it('has a background that fits the theme', () => {
    const [dark, light] = [open({ dark: true }), open({ dark: false })];
    expect(dark.options.backgroundColor).not.toBe(light.options.backgroundColor);
  });

  it('has developer tools in a checkout only', () => {
    expect(open({ packaged: true }).options.webPreferences?.devTools).toBe(false);
    expect(open({ packaged: false }).options.webPreferences?.devTools).toBe(true);
  });

  it('is still shown, to be closed, when the page cannot be loaded', async () => {
    const window = open({ loading: Promise.reject(new Error('ERR_FAILED')) });
    await new Promise((resolve) => setImmediate(resolve));
    expect(window.calls).toContain('show');
    expect(log).toEqual([expect.stringContaining('ERR_FAILED')]);
  });
});

describe('a page that crashed', () => {
  async function crash(reason: string, options: { again?: boolean; destroyed?: boolean } = {}) {
    const { webContents } = open(options);
    webContents.destroyed = options.destroyed ?? false;
    webContents.emit('render-process-gone', {}, { reason });
    await new Promise((resolve) => setImmediate(resolve));
    return webContents.reloads;
  }

  it('is loaded again after a yes only', async () => {
    expect(await crash('crashed', { again: true })).toBe(1);
    expect(await crash('oom', { again: false })).toBe(0);
  });

  it('is left alone when it ended in order, or its window was closed meanwhile', async () => {
    expect(await crash('clean-exit')).toBe(0);
    expect(await crash('crashed', { destroyed: true })).toBe(0);
  });
});

describe('its place', () => {
  it('is the one where it was left', () => {
    const window = open();
    window.bounds = { x: 40, y: 50, width: 1100, height: 800 };
    window.emit('close');
    expect(open().options).toMatchObject({ x: 40, y: 50, width: 1100, height: 800 });
    expect(log).toEqual([]);
  });

  it('is remembered as it was before it was maximized, and maximized again', () => {
    const window = open();
    window.maximized = true;
    window.emit('close');
    const next = open();
    next.emit('ready-to-show');
    expect(next.calls.slice(-2)).toEqual(['maximize', 'show']);
    expect(next.options).toMatchObject(window.bounds);
  });

  it.each(['', '{', '[]', '{"bounds":{"x":"0"},"maximized":false}', '{"bounds":null}'])(
    'falls back to the middle when the file says %j',
    (text) => {
      writeFileSync(file(), text);
      expect(open().options).toMatchObject({ x: 320, y: 130, width: 1280, height: 820 });
      expect(log).toHaveLength(1);
    },
  );

  it('is written whole, with nothing left beside it', () => {
    open().emit('close');
    expect(readdirSync(folder)).toEqual(['window.json']);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toMatchObject({ maximized: false });
  });

  it('costs a line in the log, no crash, when it cannot be written', () => {
    writeFileSync(path.join(folder, 'a-file'), '');
    const state = { bounds: null, maximized: false };
    expect(() => stateFile(path.join(folder, 'a-file', 'below')).write(state)).not.toThrow();
    expect(log).toEqual([expect.stringContaining('could not be remembered')]);
  });
});

describe('the keys of a mouse', () => {
  it('go back and forward by the actions of the page', () => {
    const window = open();
    for (const command of ['browser-backward', 'volume-up', 'browser-forward']) {
      window.emit('app-command', {}, command);
    }
    expect(window.webContents.received.map(({ channel, message }) => [channel, message])).toEqual([
      ['rackhelm:action', 'back'],
      ['rackhelm:action', 'forward'],
    ]);
  });

  it('do nothing once the page is gone', () => {
    const window = open();
    window.webContents.destroyed = true;
    window.emit('app-command', {}, 'browser-backward');
    expect(window.webContents.received).toEqual([]);
  });
});
