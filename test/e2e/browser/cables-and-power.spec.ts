import { expect, expectAccessible, test } from './app.ts';

test('a cable is added between two ports, traced, and goes with one undo', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Racks/ }).click();
  await page.getByRole('link', { name: 'Cables', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No cables yet' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Add cable' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add cable' });
  const choose = async (label: string, typed: string, option: RegExp) => {
    await dialog.getByRole('textbox', { name: label }).fill(typed);
    await page.getByRole('option', { name: option }).first().click();
  };
  await choose('Device, from', 'cp-1', /^cp-1/);
  await choose('Port, from', 'eth0', /^eth0/);
  await choose('Device, to', 'edge', /^edge-router/);
  await dialog.getByRole('button', { name: 'Add cable', exact: true }).click();
  await expect(dialog.getByText('Choose a port.')).toBeVisible();
  await expectAccessible(page);
  await choose('Port, to', 'igc', /^igc/);
  await dialog.getByLabel('Length').fill('2 m');
  await dialog.getByLabel('Colour').fill('blue');
  await dialog.getByRole('button', { name: 'Add cable', exact: true }).click();

  const row = page.getByRole('row', { name: /C1/ });
  await expect(row).toContainText('cp-1 eth0');
  await expect(row).toContainText('edge-router igc');
  await expect(row).toContainText('2 m');
  await expectAccessible(page);
  await row.getByRole('link', { name: 'eth0' }).click();
  await expect(page.getByRole('heading', { name: /Trace from .*cp-1/ })).toBeVisible();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'All cables' }).click();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { name: 'No cables yet' })).toBeVisible();
});

test('power begins with a PDU, and a supply is plugged in with two presses', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Racks/ }).click();
  await page.getByRole('link', { name: 'Power', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No power is documented yet' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add UPS or PDU' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add UPS or PDU' });
  await dialog.getByText('PDU or power strip').click();
  await dialog.getByLabel('Name').fill('strip-1');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add PDU with 8 outlets' }).click();

  const tree = page.getByRole('grid', { name: 'Power tree' });
  await expect(tree.getByRole('row', { name: /Outlet 8/ })).toBeVisible();
  await expectAccessible(page);
  await tree
    .getByRole('row', { name: /Outlet 1/ })
    .getByRole('button', { name: 'Plug in' })
    .click();
  const plug = page.getByRole('dialog', { name: 'Plug into Outlet 1' });
  await plug.getByLabel('Device').fill('cp-1');
  await page.getByRole('option', { name: /^cp-1/ }).click();
  await plug.getByRole('button', { name: 'Plug in' }).click();
  await expect(tree.getByRole('row', { name: /Outlet 1/ })).toContainText('cp-1');

  await tree.getByRole('button', { name: 'Fold strip-1' }).click();
  await expect(tree.getByRole('row', { name: /Outlet/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await page.keyboard.press('Control+z');
  await expect(tree.getByRole('row', { name: /Outlet 1/ })).not.toContainText('cp-1');
});
