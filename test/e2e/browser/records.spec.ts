import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText(/Opened the sample rack/)).toBeVisible();
}

test('anything is added by what a person types, what it needs on the way too', async ({ page }) => {
  await goTo(page, '#/kinds/prefix');
  await expect(page.getByText('No prefixes yet')).toBeVisible();
  await page.getByRole('button', { name: 'Add prefix' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add a prefix' });
  const prefix = dialog.getByRole('textbox', { name: 'Prefix' });
  await prefix.fill('10.77.0.1/24');
  await dialog.getByRole('button', { name: 'Add prefix' }).click();
  await expect(prefix).toHaveAccessibleDescription(/the bits after its length are zero/);
  await expect(prefix).toBeFocused();
  await prefix.fill('10.77.0.0/24');
  await dialog.getByLabel('VLAN').first().fill('lab');
  await page.getByRole('option', { name: /Add VLAN “lab”/ }).click();
  const second = page.getByRole('dialog', { name: 'Add a VLAN' });
  await expect(second.getByLabel('Name')).toHaveValue('lab');
  // Escape is for the dialog on top alone.
  await page.keyboard.press('Escape');
  await expect(second).toBeHidden();
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('VLAN').first().click();
  await page.getByRole('option', { name: /Add VLAN/ }).click();
  await second.getByLabel('Number').fill('77');
  await second.getByRole('button', { name: 'Add VLAN' }).click();
  await expect(second).toBeHidden();
  await expect(dialog.getByLabel('VLAN').first()).toHaveValue('lab');
  await dialog.getByRole('button', { name: 'Add prefix' }).click();
  await expect(page.getByRole('row', { name: /10\.77\.0\.0\/24/ })).toContainText('lab');
  await expectAccessible(page);
});

test('Enter takes what was typed, and the next one begins where this one did', async ({ page }) => {
  await openSample(page);
  await goTo(page, '#/kinds/address');
  await page.getByRole('button', { name: 'Add address' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add an address' });
  const device = dialog.getByRole('textbox', { name: 'Interface' });
  await device.pressSequentially('nas');
  await expect(page.getByRole('option', { name: /^nas/ }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(device).toHaveValue(/^nas \S/);
  await page.keyboard.press('Tab');
  const address = dialog.getByRole('textbox', { name: 'Address' });
  await expect(address).toBeFocused();
  await page.keyboard.type('10.20.10.60/24');
  await dialog.getByRole('button', { name: 'Add and go on' }).click();
  await expect(address).toHaveValue('10.20.10.61/24');
  await expect(device).toBeFocused();
});

test('fields are edited in place, and the second window that edits one decides', async ({
  page,
}) => {
  await openSample(page);
  await goTo(page, '#/kinds/vlan');
  await page.getByRole('link', { name: 'storage', exact: true }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Edit number: 20' }).click();
  await page.keyboard.type('5000');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/from 1 to 4094/)).toBeVisible();
  await page.keyboard.press('Escape');

  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.getByRole('button', { name: /^Edit purpose/ }).click();
  await page.keyboard.type('mine');
  await other.getByRole('button', { name: /^Edit purpose/ }).click();
  await other.keyboard.type('theirs');
  await other.keyboard.press('Enter');
  await expect(other.getByRole('button', { name: 'Edit purpose: theirs' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/changed to “theirs” elsewhere meanwhile/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(other.getByRole('button', { name: 'Edit purpose: mine' })).toBeVisible();
});

test('chosen fields of many are changed at once, and undone at once', async ({ page }) => {
  await openSample(page);
  await goTo(page, '#/kinds/interface?search=cp-');
  const grid = page.getByRole('grid', { name: 'Interfaces' });
  await expect(grid).toHaveAttribute('aria-rowcount', '7');
  await page.getByRole('checkbox', { name: 'Select all' }).click();
  await page
    .getByRole('region', { name: 'Selection' })
    .getByRole('button', { name: 'Edit' })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Edit 6 interfaces' });
  await expect(dialog.getByLabel('Name', { exact: true })).toHaveCount(0);
  await dialog.getByLabel('Speed', { exact: true }).fill('2.5 GbE');
  await expect(dialog.getByLabel('Set speed')).toBeChecked();
  await dialog.getByRole('button', { name: 'Change 6 interfaces' }).click();
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Speed' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row', { name: /2\.5 Gbit\/s/ })).toHaveCount(6);
  await expectAccessible(page);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row', { name: /2\.5 Gbit\/s/ })).toHaveCount(0);
});

test('a copy counts on; deleting says what goes and what stays, and is undone', async ({
  page,
}) => {
  await openSample(page);
  await goTo(page, '#/kinds/vlan');
  await page.getByRole('link', { name: 'storage', exact: true }).click();
  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('button', { name: 'Edit name: storage-2' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit number: 21' })).toBeVisible();

  await goTo(page, '#/kinds/vlan');
  await page.getByRole('link', { name: 'storage', exact: true }).click();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete VLAN' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete storage?' });
  await expect(dialog.getByRole('listitem').filter({ hasText: 'VLAN memberships' })).toBeVisible();
  await expect(dialog.getByText(/2 prefixes \(VLAN\)/)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'VLANs' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'storage', exact: true })).toHaveCount(0);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'storage', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Prefixes' }).getByRole('row')).toHaveCount(3);
});

test('a view keeps filter and columns by name, also in another window', async ({ page }) => {
  await openSample(page);
  await goTo(page, '#/kinds/address?f.interface=~cp-1&sort=-address');
  const grid = page.getByRole('grid', { name: 'Addresses' });
  await expect(grid).toHaveAttribute('aria-rowcount', '5');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: /Save this view/ }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Of the first');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await expect(other.getByRole('grid')).toBeVisible();
  await goTo(other, '#/kinds/address');
  await other.getByRole('button', { name: 'Saved views' }).click();
  await other.getByRole('menuitem', { name: 'Of the first' }).click();
  await expect(other).toHaveURL(/f\.interface=%7Ecp-1&sort=-address/);
  await expect(other.getByRole('grid')).toHaveAttribute('aria-rowcount', '5');
});

test('the palette finds any thing by name, and adds one of any kind', async ({ page }) => {
  await openSample(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('cp-1 eth0');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('cp-1 eth0');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('add a bucket');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Add a bucket' })).toBeVisible();
});
