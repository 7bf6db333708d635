import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, expectAccessible, test } from './app.ts';

test('the address works once; a second browser is told so', async ({ app, page, browser }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  expect(page.url()).not.toContain('token');
  const stranger = await browser.newContext();
  const second = await stranger.newPage();
  await second.goto(app.address);
  await expect(second.getByText('This window has no key')).toBeVisible();
  await expectAccessible(second);
  await stranger.close();
  await page.reload();
  await expect(page.getByRole('button', { name: /Open the sample rack/ })).toBeVisible();
});

test('a key pasted into a window that has none signs it in', async ({ app, browser }) => {
  const context = await browser.newContext();
  const window = await context.newPage();
  const address = new URL(app.address);
  await window.goto(address.origin);
  await expect(window.getByText('This window has no key')).toBeVisible();
  // Only the fragment differs, so the browser does not load the page anew.
  await window.goto(address.href);
  await expect(window.getByRole('button', { name: /Open the sample rack/ })).toBeVisible();
  expect(window.url()).not.toContain('token');
  await context.close();
});

test('an address that is no text at all is told of, and the window lives', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.evaluate(() => {
    location.hash = '#/devices/%';
  });
  await expect(page.getByText('There is nothing at this address')).toBeVisible();
});

test('the address of no device says so, whatever stands in it', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.evaluate(() => {
    location.hash = '#/devices/abc';
  });
  await expect(page.getByText('This device is not in the inventory')).toBeVisible();
});

test('the theme holds on another port, before the first paint, and the key too', async ({
  app,
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('textbox').fill('theme: dark');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  const before = new URL(app.address).port;
  await app.restart();
  expect(new URL(app.address).port).not.toBe(before);
  // As the early script leaves it: nothing of the app itself runs.
  await page.route('**/*.js', (route) =>
    route.request().url().includes('early-theme')
      ? route.continue()
      : route.fulfill({ contentType: 'text/javascript', body: '' }),
  );
  await page.goto(new URL(app.address).origin);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.unroute('**/*.js');
  await page.goto('about:blank');
  await page.goto(app.address);
  await expect(page.getByRole('button', { name: /Open the sample rack/ })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test.describe('what the policy forbids', () => {
  test.use({ forbiddenTries: true });

  test('the page cannot load or run anything from elsewhere', async ({ page }) => {
    await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
    const outcome = await page.evaluate(async () => {
      const refused = (work: () => Promise<unknown>) =>
        work().then(
          () => 'done',
          () => 'refused',
        );
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      return {
        fetched: await refused(() => fetch('https://rackhelm.invalid/')),
        injected: 'injected' in window,
        node: 'process' in window || 'require' in window,
      };
    });
    expect(outcome).toEqual({ fetched: 'refused', injected: false, node: false });
  });
});

test.describe('a damaged database', () => {
  test('is told of, and a copy takes its place', async ({ app, browser, page }) => {
    await page.getByRole('button', { name: /Open the sample rack/ }).click();
    await expect(page.getByText('Opened the sample rack')).toBeVisible();
    await app.stop();
    const file = path.join(app.dataDirectory, 'rackhelm.sqlite');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096 * 3, 4096 * 40);
    writeFileSync(file, bytes);
    await app.restart();

    const context = await browser.newContext();
    const window = await context.newPage();
    await window.goto(app.address);
    await expect(window.getByRole('heading', { name: 'The inventory is damaged' })).toBeVisible();
    await expectAccessible(window);
    await window.getByRole('button', { name: 'Restore newest copy' }).click();
    await expect(window.getByRole('link', { name: /^Devices/ })).toBeVisible();
    expect(readdirSync(app.dataDirectory).join(' ')).toMatch(/rackhelm-damaged-\d+\.sqlite/);
    await context.close();
  });
});
