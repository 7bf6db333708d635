import type { Page } from 'playwright/test';
import { makeKey, type Sshd, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

let sshd: Sshd;

/** A machine whose facts are recorded and not declared: there is something to decide. */
test.beforeEach(async ({ app, page }) => {
  const key = makeKey(app.dataDirectory, 'seen');
  sshd = await startSshd({ authorized: [key.publicLine] });
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
  await dialog.getByRole('switch', { name: 'Take the observed values as declared' }).uncheck();
  await dialog.getByRole('button', { name: 'Add to inventory' }).click();
  await dialog.getByRole('button', { name: 'Open device' }).click();
});
test.afterEach(() => sshd.stop());

async function inEachTheme(page: Page, work: () => Promise<void>): Promise<void> {
  for (const theme of ['theme: dark', 'high contrast', 'theme: light']) {
    await page.keyboard.press('Control+k');
    const palette = page.getByRole('dialog', { name: 'Find anything' });
    await palette.getByRole('textbox').fill(theme);
    await page.keyboard.press('Enter');
    await expect(palette).toBeHidden();
    await work();
  }
}

test('what is to decide has no accessibility fault in any theme', async ({ page }) => {
  test.slow();
  await page.getByRole('tab', { name: /Declared and observed/ }).click();
  await page.getByRole('button', { name: /^Keep mine of .?Memory/ }).click();
  await page.getByRole('button', { name: 'Kept as declared (1)' }).click();
  await expect(page.getByRole('button', { name: /^Decide again on .?Memory/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Kept as declared (1)' }).click();
  await page.getByRole('button', { name: 'Show what agrees' }).click();
  await expect(page.getByRole('table', { name: 'Declared and observed' })).toBeVisible();
  await inEachTheme(page, () => expectAccessible(page));
  await page.getByRole('link', { name: /seen and not declared/ }).click();
  await expect(page.getByRole('grid', { name: 'Proposals' })).toBeVisible();
  await inEachTheme(page, () => expectAccessible(page));
});

test('a proposal is dismissed, remembered, restored and accepted', async ({ page }) => {
  await page.getByRole('link', { name: /seen and not declared/ }).click();
  const rows = page.getByRole('grid', { name: 'Proposals' }).getByRole('row');
  const first = rows.nth(1);
  const name = (await first.getByRole('gridcell').nth(1).innerText()).trim();
  const before = await rows.count();
  await first.click();
  await page.getByRole('button', { name: 'Dismiss', exact: true }).click();
  await expect(rows).toHaveCount(before - 1);
  await page.getByRole('button', { name: 'Dismissed (1)' }).click();
  await rows.filter({ hasText: name }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Bring back', exact: true }).first().click();
  await expect(page.getByRole('button', { name: /^Dismissed/ })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: /^Dismissed/ }).click();
  await expect(rows).toHaveCount(before);
  await rows.filter({ hasText: name }).first().click();
  await page.getByRole('button', { name: 'Accept', exact: true }).click();
  await expect(rows).toHaveCount(before - 1);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(before);
});
