import type { Locator, Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

/** The middle of a unit of the rack that is shown. */
async function unitAt(page: Page, unit: number): Promise<{ x: number; y: number }> {
  const bay = page.locator('[data-spot="bay"]').first();
  const units = Number(
    await bay.evaluate((element) =>
      getComputedStyle(element.parentElement ?? element).getPropertyValue('--units'),
    ),
  );
  const box = await bay.boundingBox();
  if (box === null) throw new Error('There is no rack');
  return { x: box.x + box.width / 2, y: box.y + box.height - (unit - 0.5) * (box.height / units) };
}

/** Takes hold of it and holds it there. */
async function carry(page: Page, what: Locator, to: { x: number; y: number }): Promise<void> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('It is not to be seen');
  await page.mouse.move(box.x + 24, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 40, box.y + box.height / 2 + 8);
  await page.mouse.move(to.x, to.y, { steps: 4 });
}

const plate = (page: Page, name: string) =>
  page.locator('figure').getByRole('button', { name: new RegExp(`^${name} ?,`) });

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Racks/ })
    .click();
  await expect(page.getByRole('figure', { name: 'Rack Rack A' })).toBeVisible();
});

test('a device is dragged to a free unit, refused at a taken one in words, and put back by undo', async ({
  page,
}) => {
  await expectAccessible(page);
  await carry(page, plate(page, 'nas'), await unitAt(page, 3));
  await expect(page.getByText('nas cannot stand there: gpu takes', { exact: false })).toBeVisible();
  await page.mouse.up();
  await expect(plate(page, 'nas')).toHaveAccessibleName(/units 6 to 7/);

  await plate(page, 'worker-1').hover();
  await carry(page, plate(page, 'worker-1'), await unitAt(page, 9));
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(plate(page, 'worker-1')).toHaveAccessibleName(/unit 9/);

  // Both change places while Alt is held.
  await carry(page, plate(page, 'worker-1'), await unitAt(page, 8));
  await expect(page.getByText('Hold Alt to change places.')).toBeVisible();
  await page.keyboard.down('Alt');
  await page.mouse.move((await unitAt(page, 8)).x + 1, (await unitAt(page, 8)).y);
  await expect(page.getByText('Change places with worker-2.')).toBeVisible();
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect(plate(page, 'worker-1')).toHaveAccessibleName(/unit 8/);
  await expect(plate(page, 'worker-2')).toHaveAccessibleName(/unit 9/);
  await page.keyboard.press('Control+z');
  await expect(plate(page, 'worker-1')).toHaveAccessibleName(/unit 9/);
  await expect(plate(page, 'worker-2')).toHaveAccessibleName(/unit 8/);
  await page.keyboard.press('Control+Shift+z');
  await expect(plate(page, 'worker-1')).toHaveAccessibleName(/unit 8/);

  await plate(page, 'nas').click();
  await page.keyboard.press('Delete');
  await page
    .getByRole('dialog', { name: 'Delete nas?' })
    .getByRole('button', { name: 'Delete', exact: true })
    .click();
  await expect(plate(page, 'nas')).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(plate(page, 'nas')).toBeVisible();
});

test('a device is moved by keys alone, and told where it may stand', async ({ page }) => {
  const told = page.getByRole('status', { name: 'Moving' });
  await page.getByRole('button', { name: 'Actions for Rack A' }).click();
  await page.getByRole('menuitem', { name: 'Edit rack' }).click();
  await page.getByRole('dialog').getByLabel('Height in units').fill('14');
  await page.keyboard.press('Enter');
  await plate(page, 'core-switch').focus();
  await page.keyboard.press(' ');
  await expect(told).toContainText('Picked up core-switch. Unit 11 of Rack A.');
  await page.keyboard.press('ArrowUp');
  await expect(told).toContainText('Not here. core-switch cannot stand there: edge-router takes');
  await page.keyboard.press('Escape');
  await expect(told).toContainText('Put back.');
  await expect(plate(page, 'core-switch')).toHaveAccessibleName(/unit 11/);
  await page.keyboard.press(' ');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  await expect(told).toContainText('Unit 14 of Rack A.');
  await page.keyboard.press('Enter');
  await expect(plate(page, 'core-switch')).toHaveAccessibleName(/unit 14/);
  await expect(plate(page, 'core-switch')).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(plate(page, 'core-switch')).toHaveAccessibleName(/unit 11/);
  // Between what stands there and what is free by arrow keys.
  await plate(page, 'edge-router').focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: /^Unit 14 of Rack A is free/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^Unit 13 of Rack A is free/ })).toBeFocused();
});

test('a new device comes from the palette, several are taken out at once, and a free unit takes one', async ({
  page,
}) => {
  await plate(page, 'core-switch').click();
  await plate(page, 'edge-router').click({ modifiers: ['Control'] });
  const picked = page.getByRole('toolbar', { name: 'Picked devices' });
  await expect(picked.getByText('2 devices picked')).toBeVisible();
  await expectAccessible(page);
  await picked.getByRole('button', { name: 'Take out' }).click();
  await expect(page.getByText('Took 2 devices out of the rack.')).toBeVisible();
  await expect(plate(page, 'core-switch')).toBeHidden();

  await page.getByRole('textbox', { name: 'Search the device types' }).fill('RS822');
  const type = page.getByRole('list', { name: 'Device types' }).getByRole('button').first();
  await carry(page, type, await unitAt(page, 12));
  await expect(page.getByText('Unit 12 of Rack A.')).toBeVisible();
  await page.mouse.up();
  await expect(page.getByText(/Added nas-\d\./)).toBeVisible();
  await expect(plate(page, 'nas-\\d')).toHaveAccessibleName(/unit 12/);
  await page.keyboard.press('Control+z');
  await expect(plate(page, 'nas-\\d')).toBeHidden();

  const free = await unitAt(page, 12);
  await page.mouse.click(free.x, free.y);
  await expectAccessible(page);
  await page.getByRole('menuitem', { name: /^edge-router/ }).click();
  await expect(plate(page, 'edge-router')).toHaveAccessibleName(/unit 12/);
});

test('the second of two windows is told that a device was moved meanwhile', async ({
  page,
  browser,
}) => {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    storageState: await page.context().storageState(),
  });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(plate(other, 'nas')).toBeVisible();
  // Held in one window while the other one moves it.
  await carry(page, plate(page, 'worker-1'), await unitAt(page, 9));
  await plate(other, 'worker-1').focus();
  await other.keyboard.press(' ');
  await other.keyboard.press('ArrowDown');
  await other.keyboard.press('x');
  await other.keyboard.press('Enter');
  await expect(plate(other, 'worker-1')).toHaveAccessibleName(/unit 8/);
  await page.getByText('Loose', { exact: true }).hover();
  await page.mouse.up();
  await expect(page.getByText(/worker-1 was moved meanwhile: it is at unit 8/)).toBeVisible();
  await expect(plate(page, 'worker-1')).toHaveAccessibleName(/unit 8/);
  await context.close();
});

test('the racks are taken along as SVG', async ({ page }) => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  expect((await download).suggestedFilename()).toBe('racks.svg');
});
