import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  test as base,
  type ElectronApplication,
  _electron as electron,
  type Page,
} from 'playwright/test';

const root = path.resolve(import.meta.dirname, '../../..');

/**
 * Electron's binary where it lies already, else null. Looks at the files only: merely importing the
 * package would fetch the binary.
 */
function findBinary(): string | null {
  const manifest = createRequire(import.meta.url).resolve('electron/package.json');
  const folder = path.dirname(manifest);
  const pathFile = path.join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? path.join(folder, 'dist');
  const file = path.join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : null;
}

export const binary = findBinary();
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

/** Why these tests cannot run on this machine, or null. */
export const reasonToSkip =
  binary === null
    ? 'the Electron binary is not on this machine'
    : hasDisplay
      ? null
      : 'the Electron binary needs a display';

interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the app was started with; a second start with the same meets the first. */
  readonly args: readonly string[];
}

interface Fixtures {
  /** The app on a data directory and a profile of its own. An error in the page fails the test. */
  readonly desktop: Desktop;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  desktop: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-desktop-'));
    const profile = `--user-data-dir=${path.join(folder, 'profile')}`;
    const args = [profile, root, '--data', path.join(folder, 'data')];
    const app = await electron.launch({
      args,
      ...(binary === null ? {} : { executablePath: binary }),
    });
    try {
      const page = await app.firstWindow();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      await use({ app, page, args });
      base.expect(problems, 'errors in the page').toEqual([]);
    } finally {
      await app.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
});
