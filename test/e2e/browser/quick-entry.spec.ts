import type { Locator, Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

/** The rows that a person copies out of a spreadsheet. */
const table = [
  'Host\tType\tInterface\tIP\tVLAN',
  'nas\tDS923+\tLAN 1\t10.20.20.30/24\t',
  'nas\t\tLAN 2\t10.20.20.31/24\t',
  'odd\t\teth0\tnonsense\t99',
].join('\n');

async function open(page: Page, action: string): Promise<Locator> {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
  return page.getByRole('dialog', { name: 'Add many devices' });
}

test('one line adds four boards of a type, shown beforehand and undone as one', async ({
  page,
}) => {
  const dialog = await open(page, 'Add many devices');
  const line = dialog.getByRole('textbox', { name: 'One line for many devices' });
  await line.fill('pi-[1-4] type:"Raspberry Pi 5" eth0 10.20.10.[11-13]/24');
  await expect(dialog.getByText('This stands for 3, but there are 4 names.')).toBeVisible();
  await expect(dialog.locator('mark')).toHaveText('10.20.10.[11-13]/24');

  await line.fill('pi-[1-4] type:"Raspberry Pi 5" eth0 10.20.10.[11-14]/24');
  const rows = dialog.getByRole('table', { name: 'What would be added' });
  await expect(rows.getByRole('row')).toHaveCount(5);
  await expect(rows).toContainText('eth0: 10.20.10.14/24');
  await expect(dialog).toContainText('4 devices, 8 interfaces');
  await expectAccessible(page);
  await line.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Added 4 devices.')).toBeVisible();

  await page.keyboard.press('Shift+N');
  await line.fill('pi-[3-6]');
  await expect(dialog.getByText('In the inventory already', { exact: true })).toHaveCount(2);
  await expect(dialog.getByText('2 devices are there already.')).toBeVisible();
  await dialog.getByLabel('Leave out devices that are in the inventory already').check();
  await dialog.getByRole('button', { name: 'Add 2 devices' }).click();
  await expect(page.getByText('Added 2 devices.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Undid', { exact: false }).first()).toBeVisible();
});

test('rows from a spreadsheet are told of at the cell and added once they are right', async ({
  page,
}) => {
  const dialog = await open(page, 'Paste devices from a spreadsheet');
  await dialog.getByRole('textbox', { name: 'Rows from a spreadsheet' }).fill(table);
  const grid = dialog.getByRole('region', { name: 'Pasted rows' });
  await expect(grid.getByText('“nonsense” is no address such as 10.0.0.1/24.')).toBeVisible();
  await expect(grid.getByText('There is no VLAN 99; add it first.')).toBeVisible();
  await expectAccessible(page);
  await expect(dialog.getByRole('button', { name: 'Add 1 device' })).toBeDisabled();

  await grid.getByLabel('What column 4 is about').selectOption('Leave out');
  await grid.getByLabel('What column 5 is about').selectOption('Leave out');
  await dialog.getByRole('button', { name: 'Add 2 devices' }).click();
  await expect(page.getByText('Added 2 devices.')).toBeVisible();
});
