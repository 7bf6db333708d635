import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { makeKey, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

const themes = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
] as const;

async function expectAccessibleInAllThemes(page: Page): Promise<void> {
  for (const theme of themes) {
    await page.emulateMedia(theme);
    await expectAccessible(page);
  }
  await page.emulateMedia({ colorScheme: null, contrast: null });
}

test('work on machines is a job with a page, kept over a restart, found in the list and on its device', async ({
  app,
  page,
}) => {
  const key = makeKey(app.dataDirectory, 'jobs');
  const sshd = await startSshd({ authorized: [key.publicLine] });
  await page
    .getByRole('button', { name: /Add machine over SSH/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
  await dialog.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await dialog.getByLabel('Port').fill(String(sshd.port));
  await dialog.getByLabel('User').fill(sshd.user);
  await dialog.getByLabel('Key file').fill(key.path);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Accept and remember' }).click();
  await dialog.getByRole('button', { name: 'Add to inventory' }).click();
  await dialog.getByRole('button', { name: 'Open device' }).click();

  await page.keyboard.press('Shift+R');
  await expect(page.getByText('Read 1 device.').first()).toBeVisible();
  await sshd.stop();
  await page.keyboard.press('Shift+R');
  const dock = page.getByRole('contentinfo');
  await expect(dock.getByRole('status')).toContainText('Failed');

  // On the device, whose checks were never run.
  await page.getByRole('tab', { name: 'Checks and jobs' }).click();
  await expect(page.getByRole('heading', { name: 'Not checked yet' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('link', { name: /^Refresh / })).toHaveCount(2);
  await expectAccessible(page);

  await page.getByRole('main').press('8');
  await expect(page).toHaveURL(/#\/jobs$/);
  await expect(page.getByRole('row', { name: /^(Done|Failed) Refresh/ })).toHaveCount(2);
  await page.getByRole('button', { name: 'State' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/state=failed/);
  const row = page.getByRole('row', { name: /^Failed Refresh/ });
  await expect(row).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(2);
  await expectAccessible(page);

  await row.dblclick();
  await expect(page).toHaveURL(/#\/jobs\/[0-9a-f-]+$/);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('refused the connection');
  await expect(page.getByRole('button', { name: 'Try again', exact: true })).toBeVisible();
  await expect(
    page
      .getByLabel(/^Log of Refresh/)
      .getByRole('listitem')
      .first(),
  ).toBeVisible();
  await page.getByLabel('Search the log').fill('refused');
  await expect(page.getByLabel(/^Log of Refresh/)).toContainText('refused');
  await page.getByLabel('Search the log').fill('nothing like it');
  await expect(page.getByRole('heading', { name: 'No line matches' })).toBeVisible();
  await page.getByLabel('Search the log').fill('');
  await expectAccessibleInAllThemes(page);

  await page.getByRole('tab', { name: 'Plan' }).click();
  await expect(page).toHaveURL(/\/plan$/);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as script' }).click();
  expect(readFileSync(await (await saved).path(), 'utf8')).toMatch(/^#!\/bin\/sh\n/);

  await app.restart({ samePort: true });
  await page.goto(app.address);
  await page
    .getByRole('navigation', { name: 'Places' })
    .getByRole('link', { name: /^Jobs/ })
    .click();
  await page.getByRole('row', { name: /^Failed Refresh/ }).dblclick();
  await page.getByRole('button', { name: 'Leave as it is' }).click();
  await expect(page.getByRole('main').getByText('Left as it is').first()).toBeVisible();
});
