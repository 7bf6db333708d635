import { spawn } from 'node:child_process';
import { expect } from 'playwright/test';
import { contentSecurityPolicy } from '../../../shared/security.ts';
import { binary, reasonToSkip, test } from './desktop-app.ts';

test.skip(reasonToSkip !== null, reasonToSkip ?? '');

test('the window shows Rackhelm from its own origin', async ({ desktop: { page } }) => {
  await expect(page).toHaveTitle(/Rackhelm/);
  expect(page.url()).toMatch(/^app:\/\/rackhelm\//);
});

test('nothing of Node or Electron reaches the page', async ({ desktop: { app, page } }) => {
  const inPage = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'global', '__dirname'].filter(
      (name) => name in window,
    ),
    bridge: Object.entries(Object(Reflect.get(window, 'rackhelm'))),
  }));
  expect(inPage).toEqual({ globals: [], bridge: [['shell', 'desktop']] });
  const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(windows).toBe(1);
});

test('the policy is strict, and holds', async ({ desktop: { page } }) => {
  const policy = await page.evaluate(async () => {
    const answer = await fetch('/');
    return answer.headers.get('content-security-policy');
  });
  expect(policy).toBe(contentSecurityPolicy);
  const inlineRan = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.inline = "ran"';
    document.head.append(script);
    return document.documentElement.dataset.inline ?? null;
  });
  expect(inlineRan).toBeNull();
  const foreign = await page.evaluate(() =>
    fetch('http://127.0.0.1:9/').then(
      () => 'reached',
      () => 'refused',
    ),
  );
  expect(foreign).toBe('refused');
});

test('files beside the page are out of reach', async ({ desktop: { page } }) => {
  const statuses = await page.evaluate(() =>
    Promise.all(
      ['/..%2fmain/main.js', '/%2e%2e%2fmain%2fmain.js', '/package.json', '/?x'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  );
  for (const status of statuses) expect([403, 404]).toContain(status);
});

test('the page cannot leave, and opens no window', async ({ desktop: { app, page } }) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'openedOutside', opened);
    shell.openExternal = async (url) => void opened.push(url);
  });
  await page.evaluate(() => {
    window.open('https://docs.k3s.io/');
    window.open('http://127.0.0.1:9/');
    window.location.href = 'http://127.0.0.1:9/';
  });
  await expect
    .poll(() => app.evaluate(() => Reflect.get(globalThis, 'openedOutside')))
    .toEqual(['https://docs.k3s.io/']);
  expect(page.url()).toMatch(/^app:\/\/rackhelm\//);
  expect(app.windows()).toHaveLength(1);
});

test('the sample rack opens through the port to the host', async ({ desktop: { page } }) => {
  await page
    .getByRole('button', { name: /sample rack/i })
    .first()
    .click();
  await page.evaluate(() => {
    window.location.hash = '#/devices';
  });
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(5);
});

test('after the host died the page works again', async ({ desktop: { app, page } }) => {
  await app.evaluate(({ app: electronApp, dialog }) => {
    dialog.showMessageBox = async () => ({ response: 0, checkboxChecked: false }); // “Restart It”
    const host = electronApp.getAppMetrics().find(({ name }) => name === 'Rackhelm Host');
    if (host === undefined) throw new Error('The host does not run.');
    process.kill(host.pid, 'SIGKILL');
  });
  await page
    .getByRole('button', { name: /sample rack/i })
    .first()
    .click();
  await page.evaluate(() => {
    window.location.hash = '#/devices';
  });
  await expect.poll(() => page.getByRole('row').count()).toBeGreaterThan(5);
});

test('a second start on the same data ends, and leaves one window', async ({ desktop }) => {
  const second = spawn(binary ?? '', ['--no-sandbox', ...desktop.args], { stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  expect(desktop.app.windows()).toHaveLength(1);
});
