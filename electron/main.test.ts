import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { defaultDataDirectory } from './host/installation.ts';
import { type FakeElectron, FakeHostChild, fakeElectron } from './shell/fake-electron.ts';

interface Started {
  readonly fake: FakeElectron;
  /** Module path and arguments of every host that was forked. */
  readonly forked: unknown[][];
}

let folder = '';
const args = process.argv;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-main-'));
});
afterEach(() => {
  process.argv = args;
  vi.doUnmock('electron');
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the entry with Electron's module replaced, as if it had been started with `options`. */
async function start(...options: string[]): Promise<Started> {
  const fake = fakeElectron();
  const forked: unknown[][] = [];
  vi.resetModules();
  vi.doMock('electron', () => ({
    ...fake,
    app: Object.assign(fake.app, {
      getPath: () => path.join(folder, 'profile'),
      setPath: (name: string, place: string) => fake.events.push(`${name} ${place}`),
    }),
    Menu: fake.menu,
    safeStorage: fake.keyStorage,
    MessageChannelMain: class {},
    utilityProcess: {
      fork: (...call: unknown[]) => {
        forked.push(call);
        return new FakeHostChild();
      },
    },
  }));
  process.argv = ['electron', '/app', ...options];
  await import('./main.ts');
  fake.app.becomeReady();
  await new Promise((resolve) => setImmediate(resolve));
  return { fake, forked };
}

it('gives the profile its place before it takes the lock that goes with it', async () => {
  const { fake } = await start();
  expect(fake.events.slice(0, 2)).toEqual([
    `userData ${path.join(folder, 'profile', 'desktop')}`,
    'lock',
  ]);
});

it('tells the host where data and resources lie, by absolute paths', async () => {
  const data = path.join(folder, 'rack');
  const { forked } = await start('--data', path.relative(process.cwd(), data));
  const repository = path.resolve(import.meta.dirname, '..');
  expect(forked).toEqual([
    [
      path.join(import.meta.dirname, 'host-process.js'),
      [
        ...['--data', data],
        ...['--resources', path.join(repository, 'resources')],
        ...['--release', expect.stringMatching(/^\d+\.\d+\.\d+/)],
      ],
      { serviceName: 'Rackhelm Host' },
    ],
  ]);
});

it('uses the platform’s own data directory when none is named', async () => {
  const { forked } = await start();
  expect(forked[0]?.[1]).toEqual(expect.arrayContaining(['--data', defaultDataDirectory()]));
});

it('hands the window the preload script of the build', async () => {
  const { fake } = await start();
  const preload = path.resolve(import.meta.dirname, '../out/preload/preload.cjs');
  expect(fake.windows[0]?.options.webPreferences?.preload).toBe(preload);
});

it('says what is wrong with its arguments, and opens nothing', async () => {
  const { fake, forked } = await start('--data');
  expect(fake.events).toEqual(['error box: Rackhelm could not start', 'exit 1']);
  expect([fake.windows, forked]).toEqual([[], []]);
});
