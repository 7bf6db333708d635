import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { type Browser, test as base, chromium, expect, type Page } from 'playwright/test';

const root = path.resolve(import.meta.dirname, '../../..');
const serve = path.join(root, 'out', 'main', 'serve.js');

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const chromiumPath = process.env.RACKHELM_CHROMIUM ?? candidates.find((file) => existsSync(file));

/** A browser shell of its own with a data directory of its own. */
export interface App {
  readonly dataDirectory: string;
  /** The address with a token that was not used yet. */
  readonly address: string;
  /** Ends it as Ctrl-C does and starts it again on the same data, at the same port if asked to. */
  restart(options?: { readonly samePort: boolean }): Promise<void>;
  stop(): Promise<number | null>;
}

async function launch(
  dataDirectory: string,
  port = '0',
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(
    process.execPath,
    [serve, '--no-open', '--port', port, '--data', dataDirectory],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const address = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += String(chunk);
      const match = /^Rackhelm is ready at (\S+)\n/.exec(output);
      if (match?.[1] !== undefined) resolve(match[1]);
    });
    child.once('exit', (code) => reject(new Error(`The app ended with ${code}: ${output}`)));
  });
  return { child, address };
}

function end(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null) resolve(child.exitCode);
    child.once('exit', resolve);
    child.kill('SIGINT');
  });
}

async function startApp(): Promise<App & { remove(): Promise<void> }> {
  const dataDirectory = mkdtempSync(path.join(tmpdir(), 'rackhelm-e2e-'));
  let running = await launch(dataDirectory);
  return {
    dataDirectory,
    get address() {
      return running.address;
    },
    restart: async (options) => {
      await end(running.child);
      const { port } = new URL(running.address);
      running = await launch(dataDirectory, options?.samePort ? port : '0');
    },
    stop: () => end(running.child),
    remove: async () => {
      await end(running.child);
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}

/** What fades in has its colours only at the end; what turns for ever has them from the start. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const fading = document
      .getAnimations()
      .filter((animation) =>
        Number.isFinite(Number(animation.effect?.getComputedTiming().endTime)),
      );
    // One that is cut short by another rejects, and is over as well.
    await Promise.allSettled(fading.map((animation) => animation.finished));
  });
}

/** Fails when the accessibility checker finds anything at all. */
export async function expectAccessible(page: Page): Promise<void> {
  await settled(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target }) => target.join(' ')),
  }));
  expect(found).toEqual([]);
}

interface Fixtures {
  /** Set where a test makes the page try what its policy forbids. */
  readonly forbiddenTries: boolean;
  readonly app: App;
  /** The app's page, signed in; any error in the page's console fails the test. */
  readonly page: Page;
}

export const test = base.extend<Fixtures, { readonly browser: Browser }>({
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
    async ({}, use) => {
      const browser = await chromium.launch({
        ...(chromiumPath === undefined ? {} : { executablePath: chromiumPath }),
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-quic',
        ],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  forbiddenTries: [false, { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off this pattern
  app: async ({}, use) => {
    const app = await startApp();
    await use(app);
    await app.remove();
  },
  page: async ({ browser, app, forbiddenTries }, use) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      const text = message.text();
      const expected =
        expectedNoise(text) || (forbiddenTries && /Content Security Policy/.test(text));
      if (message.type() === 'error' && !expected) problems.push(text);
    });
    await page.goto(app.address);
    await use(page);
    await context.close();
    expect(problems, 'errors in the page').toEqual([]);
  },
});

/** While the app restarts, the browser itself complains of refused connections. */
function expectedNoise(text: string): boolean {
  return /WebSocket connection to|ERR_CONNECTION_REFUSED|status of 403/.test(text);
}

if (chromiumPath === undefined) {
  base.skip(true, 'no Chromium here');
}

export { expect };
