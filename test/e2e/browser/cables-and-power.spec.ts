import { expect, expectAccessible, test } from './app.ts';

test('a cable is added between two ports, traced, and goes with one undo', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Racks/ }).click();
  await page.getByRole('link', { name: 'Cables', exact: true }).click();
  await expect(page.getByRole('row', { name: /A-01/ })).toContainText('edge-router igc1');
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Add cable' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Add cable' });
  const choose = async (side: 'From' | 'To', field: 'Device' | 'Port', typed: string) => {
    const group = dialog.getByRole('group', { name: side });
    await group.getByRole('combobox', { name: new RegExp(field) }).fill(typed);
    await page
      .getByRole('option', { name: new RegExp(`^${typed}`) })
      .first()
      .click();
  };
  await choose('From', 'Device', 'core-switch');
  await choose('To', 'Device', 'edge-router');
  await choose('To', 'Port', 'igc0');
  await dialog.getByRole('button', { name: 'Add cable', exact: true }).click();
  await expect(dialog.getByText('Choose a port.')).toBeVisible();
  // Past the pickers, whose list is open while they have the focus.
  for (let passed = 0; passed < 3; passed += 1) await page.keyboard.press('Tab');
  await expectAccessible(page);
  const port = dialog.getByRole('combobox', { name: 'Port, from' });
  await port.click();
  await port.pressSequentially('ether8');
  await page.keyboard.press('Enter');
  await expect(port).toHaveValue('ether8');
  await dialog.getByLabel('Label').fill('Z-77');
  await dialog.getByLabel('Length').fill('2 m');
  await dialog.getByLabel('Colour').fill('blue');
  await dialog.getByRole('button', { name: 'Add cable', exact: true }).click();

  const row = page.getByRole('row', { name: /Z-77/ });
  await expect(row).toContainText('core-switch ether8');
  await expect(row).toContainText('edge-router igc0');
  await expect(row).toContainText('2 m');
  await expectAccessible(page);
  await row.getByRole('link', { name: 'ether8' }).click();
  await expect(page.getByRole('heading', { name: /Trace from .*core-switch/ })).toBeVisible();
  await expect(page.getByText('Connected', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('link', { name: 'All cables' }).click();
  await expect(row).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(row).toBeHidden();
});

test('power is a tree: a supply is plugged in with two presses, and a PDU comes with its outlets', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Racks/ }).click();
  await page.getByRole('link', { name: 'Power', exact: true }).click();
  const tree = page.getByRole('grid', { name: 'Power tree' });
  const free = tree.getByRole('row', { name: /Outlet 8/ });
  await expect(tree.getByRole('row', { name: /Outlet 3/ }).first()).toContainText('cp-1');
  await expectAccessible(page);
  await free.getByRole('button', { name: 'Plug in' }).click();
  const plug = page.getByRole('dialog', { name: 'Plug into Outlet 8' });
  await plug.getByLabel('Device').fill('patch-panel');
  await page.getByRole('option', { name: /^patch-panel/ }).click();
  await plug.getByRole('button', { name: 'Plug in' }).click();
  await expect(free).toContainText('patch-panel');
  await page.keyboard.press('Control+z');
  await expect(free).not.toContainText('patch-panel');

  // What comes new then stands in sight.
  for (const breaker of ['Breaker A', 'Breaker B']) {
    await tree.getByRole('button', { name: `Fold ${breaker}` }).click();
  }
  await expect(free).toHaveCount(0);
  await page.getByRole('button', { name: 'Add UPS or PDU' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add UPS or PDU' });
  await dialog.getByText('PDU or power strip').click();
  await dialog.getByLabel('Name').fill('strip-1');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add PDU with 8 outlets' }).click();
  await expect(free).toBeVisible();
  await expectAccessible(page);
  await tree.getByRole('button', { name: 'Fold strip-1' }).click();
  await expect(free).toHaveCount(0);
  await page.getByRole('button', { name: 'Unfold all' }).click();
  await expect(free.first()).toBeVisible();
});
