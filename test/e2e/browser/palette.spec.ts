import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Find anything' });

async function type(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await dialog(page).getByRole('textbox').fill(text);
}

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
});

test('the kind that is named comes first, then what only tells of it', async ({ page }) => {
  await type(page, 'rack');
  await expect(dialog(page).getByRole('button').first()).toContainText('Rack A');
  await expect(dialog(page).getByRole('button', { name: /Add a rack/ })).toBeVisible();
  await expectAccessible(page);
});

test('a device that is named comes first, and what can be done with it next', async ({ page }) => {
  await type(page, 'nas');
  const rows = dialog(page).getByRole('button');
  await expect(rows.first()).toContainText('nas');
  await expect(rows.nth(1)).toHaveText(/Open the details of/);
  await expectAccessible(page);
  await rows.filter({ hasText: /^History of/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
  await expect(page.getByText(/^Of nas$/)).toBeVisible();
});

test('what is to be done is found with the name that it is to be done with', async ({ page }) => {
  await type(page, 'delete worker-2');
  await expect(dialog(page).getByRole('button').first()).toHaveText(/Delete .*worker-2/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: /^Delete .*worker-2/ })).toBeVisible();
});

test('the actions of the page that is shown are found there, and only there', async ({ page }) => {
  await page.getByRole('link', { name: /^Devices/ }).click();
  await type(page, 'sort by name');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=-name/);
  await page.getByRole('link', { name: /^Services/ }).click();
  await type(page, 'sort by name');
  await expect(dialog(page).getByText('Nothing is called that')).toBeVisible();
});

test('what is not shown is counted, and shown when asked for', async ({ page }) => {
  await type(page, '10.20');
  const more = dialog(page).getByRole('button', { name: /more: show them/ });
  const left = Number.parseInt((await more.textContent()) ?? '', 10);
  const shown = (await dialog(page).getByRole('button').count()) - 1;
  await more.click();
  await expect(dialog(page).getByRole('button')).toHaveCount(shown + left);
});
