import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await page.getByRole('button', { name: 'Close notice' }).click();
});

async function act(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Find anything' });
  await palette.getByRole('textbox').fill(words);
  await palette
    .getByRole('button', { name: new RegExp(words) })
    .first()
    .click();
}

async function exported(page: Page, format: string): Promise<string> {
  await act(page, 'Export');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: format }).check();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export' }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

const give = (page: Page, name: string, text: string) =>
  page
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('an exported file is edited, looked at, taken over as one change and undone', async ({
  page,
}) => {
  const text = await exported(page, 'YAML');
  const edited = text
    .replace('name: cp-1\n', 'name: first-1\n')
    .replace('devices:\n', 'devices:\n  - {name: added-1, kind: nas, interfaces: [eth0]}\n')
    .replace(/\nservices:[\s\S]*$/, '\n');
  await act(page, 'Import a file');
  await expect(page.getByRole('heading', { name: 'Drop a file here' })).toBeVisible();
  await expectAccessible(page);
  await give(page, 'lab.yaml', edited);
  const table = page.getByRole('table', { name: 'What would change' });
  await expect(
    table.getByRole('row', { name: /Change Device first-1 Name cp-1 becomes first-1/ }),
  ).toBeVisible();
  await expect(table.getByRole('row', { name: /Add Device added-1/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import 3 changes' }).click();
  await expect(page.getByText('Imported lab.yaml: 2 added, 1 changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await expect(page.getByText(/Undid: Imported lab.yaml/).first()).toBeVisible();
});

test('what a whole file does not have is deleted only when that is said', async ({ page }) => {
  await act(page, 'Import a file');
  await give(page, 'lab.yaml', 'rackhelm: 2\nwhole: true\nsites: [Elsewhere]\n');
  await expect(page.getByRole('button', { name: 'Import 1 change' })).toBeVisible();
  await page
    .getByRole('checkbox', { name: /^Delete \d+ things that the file does not have/ })
    .check();
  await page.getByRole('button', { name: /Import \d\d+ changes/ }).click();
  await expect(page.getByText(/Imported lab.yaml: 1 added, \d+ deleted/)).toBeVisible();
});

test('columns of a table are put right by hand', async ({ page }) => {
  await act(page, 'Import a file');
  const rows = Array.from({ length: 200 }, (_, n) => `box-${n},nas,${n}`);
  await give(page, 'devices.csv', `Box,Kind,Asset\n${rows.join('\n')}\n`);
  await expect(page.getByRole('alert')).toContainText('a device needs name');
  await expectAccessible(page);
  await page.getByRole('combobox', { name: 'Box' }).click();
  await page.getByRole('option', { name: 'Name', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Import 200 changes' })).toBeVisible();
});

test('a table goes in by its names', async ({ page }) => {
  await act(page, 'Import a file');
  const rows = Array.from({ length: 200 }, (_, n) => `box-${n};nas;t-${n}`);
  await give(page, 'devices.csv', `Name;Kind;Thing\n${rows.join('\n')}\n`);
  await expect(page.getByRole('button', { name: 'Import 200 changes' })).toBeVisible();
  await page.getByRole('combobox', { name: 'Thing' }).click();
  await page.getByRole('option', { name: 'Asset tag' }).click();
  await expect(page.getByRole('row', { name: /box-0 .*Asset tag t-0/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import 200 changes' }).click();
  await expect(page.getByText('Imported devices.csv: 200 added.')).toBeVisible();
});

test('a file that is wrong is told with its line, and nothing is written', async ({ page }) => {
  await act(page, 'Import a file');
  await give(page, 'lab.yaml', 'rackhelm: 2\ndevices:\n  - name: a\n    knid: nas\n');
  await expect(page.getByRole('alert')).toContainText('Line 4: devices[1].knid');
  await expect(page.getByRole('alert')).toContainText('did you mean “kind”?');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Drop a file here' })).toBeVisible();
});
