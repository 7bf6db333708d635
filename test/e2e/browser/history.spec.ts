import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

async function edit(page: Page, device: string, label: string, text: string): Promise<void> {
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Devices/ })
    .click();
  await page.getByRole('row', { name: new RegExp(device) }).dblclick();
  await page.getByRole('button', { name: new RegExp(`^Edit ${label}`, 'i') }).click();
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('button', { name: `Edit ${label.toLowerCase()}: ${text}` }),
  ).toBeVisible();
}

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
});

test('the history of one thing is told in words, and reached from its page', async ({ page }) => {
  await edit(page, 'cp-1', 'Model', 'Board one');
  await edit(page, 'cp-2', 'Model', 'Board two');
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'History of this device' }).click();
  await expect(page.getByText(/^Of cp-2$/)).toBeVisible();
  const changes = page.getByRole('list', { name: 'Changes' });
  await expect(changes.getByRole('heading', { name: 'Today' })).toBeVisible();
  await expect(changes.getByText(/^model .*→ .*Board two/)).toBeVisible();
  await expect(changes.getByText(/Board one/)).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('button', { name: /^Show more than/ }).click();
  await expect(changes.getByText(/Board one/)).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search the history' }).fill('cp-1');
  await expect(changes.getByText(/Board two/)).toBeHidden();
  await expect(page).toHaveURL(/text=cp-1/);
  await page.getByRole('button', { name: 'Way' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Import' }).click();
  await expect(page.getByText('No change matches')).toBeVisible();
  await expectAccessible(page);
});

test('one entry is reverted, and where others stand on it they are named', async ({ page }) => {
  await edit(page, 'cp-1', 'Model', 'wrong');
  await edit(page, 'cp-1', 'Manufacturer', 'M1');
  await edit(page, 'cp-1', 'Model', 'wrong again');
  await page.getByRole('link', { name: 'History' }).click();
  const entries = page
    .getByRole('list', { name: 'Changes' })
    .getByRole('button', { name: /model of cp-1/ });
  await entries.nth(1).click();
  await page.getByRole('button', { name: 'Revert this change' }).click();
  const way = page.getByRole('list', { name: 'Changes in the way' });
  await expect(way.getByText(/model of cp-1/)).toBeVisible();
  await expect(page.getByText('Nothing was changed.').first()).toBeVisible();
  await expectAccessible(page);
  await entries.nth(1).click();
  await entries.nth(0).click();
  await page.getByRole('button', { name: 'Revert this change' }).click();
  await expect(page.getByText('Reverted', { exact: true })).toBeVisible();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Devices/ })
    .click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  await expect(page.getByRole('button', { name: 'Edit model: wrong' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit manufacturer: M1' })).toBeVisible();
  // It is an edit like any other.
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Edit model: wrong again' })).toBeVisible();
});
