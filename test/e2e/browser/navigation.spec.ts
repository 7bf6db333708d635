import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
}

const grid = (page: Page) => page.getByRole('grid', { name: 'Devices' });
const scrolled = (page: Page) => grid(page).evaluate(({ scrollTop }) => scrollTop);

test('back and forward keep how far a list was scrolled, its filter, and the keyboard', async ({
  page,
}) => {
  await openSample(page);
  await page.setViewportSize({ width: 1024, height: 400 });
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('columnheader', { name: /^Name/ }).getByRole('button').click();
  await expect(page).toHaveURL(/sort=-name/);
  await grid(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => scrolled(page)).toBeGreaterThan(50);
  const left = await scrolled(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'core-switch' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page).toHaveURL(/#\/devices\?sort=-name$/);
  await expect.poll(() => scrolled(page)).toBe(left);
  await expect(grid(page)).toBeFocused();
  await expect(page.getByRole('row', { name: /core-switch/ })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await page.getByRole('button', { name: 'Forward' }).click();
  await expect(page.getByRole('heading', { name: 'core-switch' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Forward' })).toBeDisabled();
  await expectAccessible(page);

  // The way up is the way back where one came from there.
  await page.getByRole('heading', { level: 1 }).getByRole('link', { name: 'Devices' }).click();
  await expect(page).toHaveURL(/#\/devices\?sort=-name$/);
  await expect.poll(() => scrolled(page)).toBe(left);
  await expect(page.getByRole('button', { name: 'Forward' })).toBeEnabled();
});

test('back puts the keyboard on the link that led away, and a new page begins at its top', async ({
  page,
}) => {
  await openSample(page);
  await page.setViewportSize({ width: 1024, height: 360 });
  const link = page
    .getByRole('list', { name: /never (read|observed)/i })
    .getByRole('link')
    .last();
  await link.scrollIntoViewIfNeeded();
  const content = page.getByRole('region', { name: 'Page content' });
  const top = () => content.evaluate(({ scrollTop }) => scrollTop);
  await expect.poll(top).toBeGreaterThan(0);
  const left = await top();
  await link.click();
  await expect(page.getByRole('tab', { name: 'Details' })).toBeVisible();
  expect(await top()).toBe(0);
  await page.goBack();
  await expect(link).toBeFocused();
  await expect.poll(top).toBe(left);
});

test('a dialog keeps the page behind it where it is', async ({ page }) => {
  await openSample(page);
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog', { name: 'Add a device' })).toBeVisible();
  await page.keyboard.press('Alt+ArrowLeft');
  await expect(page).toHaveURL(/#\/devices$/);
  await expect(page.getByRole('dialog', { name: 'Add a device' })).toBeVisible();
});

test('a restart goes on where the person was, at whatever port', async ({ app, page }) => {
  await openSample(page);
  await page.getByRole('link', { name: /^Devices/ }).click();
  const kept = page.waitForTimeout(600);
  await page.getByRole('searchbox', { name: 'Search devices' }).fill('worker');
  await expect(page.getByRole('row')).toHaveCount(3);
  await kept;
  await app.restart();
  await page.goto(app.address);
  await expect(page.getByRole('searchbox', { name: 'Search devices' })).toHaveValue('worker');
  await expect(page.getByRole('row')).toHaveCount(3);
  await expect(page.getByRole('button', { name: 'Back' })).toBeDisabled();
  // Whoever asks for a place gets that one.
  await page.goto(`${new URL(page.url()).origin}/#/history`);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'History' })).toBeVisible();
});
