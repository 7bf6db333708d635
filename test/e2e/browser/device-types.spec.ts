import { expect, expectAccessible, test } from './app.ts';

const file = (name: string, text: string) => ({
  name,
  mimeType: 'application/yaml',
  buffer: Buffer.from(text),
});
const good = file(
  'x24.yaml',
  'manufacturer: Acme\nmodel: X24\nu_height: 0.5\ninventory-items: []\ninterfaces:\n  - {name: Port 1, type: 1000base-t}\n  - {name: Port 2, type: 1000base-t}\n',
);
const bad = file('bad.yaml', 'manufacturer: Acme\nmodel: &a X\nslug: *a\n');

test('a file of the library is imported, and a faulty one is told with its line', async ({
  page,
}) => {
  await page.evaluate(() => {
    location.hash = '#/racks/types';
  });
  await expect(page.getByRole('heading', { name: 'Device types' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import files' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import device types' });
  await dialog.getByLabel('Files of device types').setInputFiles([good, bad]);
  await expect(dialog.getByText('Line 3: an alias', { exact: false })).toBeVisible();
  await expect(dialog.getByText('left out: inventory-items')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Import 1 type' })).toBeDisabled();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Leave out what cannot be read' }).click();
  await dialog.getByRole('button', { name: 'Import 1 type' }).click();
  await expect(page.getByText('Imported 1 device type.')).toBeVisible();
  await expect(page.getByRole('row', { name: /Acme X24/ })).toContainText('In the inventory');
});

test('a type that comes along is looked at, taken, and a device of it has its ports', async ({
  page,
}) => {
  await page.evaluate(() => {
    location.hash = '#/racks/types/library/ubiquiti-usw-pro-24';
  });
  await expect(page.getByText('Port 1 – Port 24')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add to the inventory' }).click();
  await expect(page.getByText('Added device type', { exact: false })).toBeVisible();

  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Add a device' });
  await dialog.getByLabel('Name').fill('sw-1');
  await dialog.getByRole('combobox', { name: 'Device type' }).fill('usw-pro-24');
  await page.getByRole('option', { name: 'Ubiquiti USW-Pro-24', exact: true }).click();
  await dialog.getByRole('button', { name: 'Add device' }).click();
  await expect(page.getByRole('heading', { name: /sw-1/ })).toBeVisible();
  await expect(page.getByText('Port 24', { exact: true }).first()).toBeVisible();
});
