import type { Page } from 'playwright/test';
import { expect, test } from './app.ts';

async function openDevice(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: new RegExp(name) }).dblclick();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

/** The same device in two windows, each of which hears of what the other does. */
async function twoWindows(page: Page): Promise<Page> {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await openDevice(page, 'cp-1');
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('heading', { name: 'cp-1' })).toBeVisible();
  return other;
}

async function edit(page: Page, label: string, text: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^Edit ${label}`, 'i') }).click();
  await page.getByRole('textbox', { name: label, exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

test('a field that is only opened does not take back what another window wrote', async ({
  page,
}) => {
  const other = await twoWindows(page);
  await page.getByRole('button', { name: /^Edit model/ }).click();
  await edit(other, 'Model', 'Board of the other window');
  await expect(other.getByText('Board of the other window').first()).toBeVisible();
  await expect(page.getByText(/Board of the other window/).first()).toBeVisible();
  await page.keyboard.press('Tab');
  const value = { name: 'Edit model: Board of the other window' };
  await expect(page.getByRole('button', value)).toBeVisible();
  await expect(other.getByRole('button', value)).toBeVisible();
});

test('where two windows write one field, the second is told and decides', async ({ page }) => {
  const other = await twoWindows(page);
  await page.getByRole('button', { name: /^Edit model/ }).click();
  const field = page.getByRole('textbox', { name: 'Model', exact: true });
  await field.fill('mine');
  await edit(other, 'Model', 'theirs');
  await expect(page.getByText(/ · theirs/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleDescription(/changed to “theirs” elsewhere/);
  await expect(other.getByRole('button', { name: 'Edit model: theirs' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(other.getByRole('button', { name: 'Edit model: mine' })).toBeVisible();
});

test('the undo of a notice takes back that change and no other', async ({ page }) => {
  const other = await twoWindows(page);
  await page.getByRole('link', { name: 'Devices', exact: true }).click();
  await page.getByRole('row', { name: /cp-2/ }).click();
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Edit 1 device' });
  await dialog.getByRole('checkbox', { name: 'Set status' }).check();
  await dialog.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Spare' }).click();
  await dialog.getByRole('combobox', { name: 'Add tags' }).fill('both');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Change 1 device' }).click();
  const undo = page.getByRole('status').getByRole('button', { name: 'Undo' });
  await expect(undo).toBeVisible();
  await edit(other, 'Model', 'written since');
  await expect(other.getByRole('button', { name: 'Edit model: written since' })).toBeVisible();
  await undo.click();
  await expect(page.getByText(/The history has gone on/)).toBeVisible();
  await expect(other.getByRole('button', { name: 'Edit model: written since' })).toBeVisible();
  // Fields and tags went in as one: two steps back take all of it.
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('row', { name: /cp-2.*Active/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /cp-2.*both/ })).toBeHidden();
});
