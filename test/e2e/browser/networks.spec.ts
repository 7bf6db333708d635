import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
}

const goTo = (page: Page, hash: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, hash);

test('an empty inventory begins with the usual VLANs, which one undo takes back', async ({
  page,
}) => {
  await page.getByRole('link', { name: /^Networks/ }).click();
  await page.getByRole('button', { name: 'Begin with the usual four' }).click();
  const dialog = page.getByRole('dialog', { name: 'Begin with the usual VLANs' });
  await dialog.getByLabel('Their addresses come from').fill('10.9.0.0/24');
  await expect(dialog.getByText('Write a larger one')).toBeVisible();
  await dialog.getByLabel('Their addresses come from').fill('10.9.0.0/16');
  await dialog.getByRole('checkbox', { name: 'Add ingress' }).uncheck();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add VLANs' }).click();
  await expect(page.getByRole('heading', { name: 'Storage' })).toBeVisible();
  await expect(page.getByRole('link', { name: '10.9.20.0/24' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Ingress' })).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('No VLANs yet')).toBeVisible();
});

test('the plan tells in words what reaches what, and old addresses lead to it', async ({
  page,
}) => {
  await openSample(page);
  await goTo(page, '#/networks/vlan/30');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(
    inspector.getByText(/From the internet one reaches .*ingress.* on tcp 80 and tcp 443/),
  ).toBeVisible();
  await expect(inspector.getByText(/edge-router.* is the gateway and leads to/)).toBeVisible();
  await expectAccessible(page);
  await goTo(page, '#/networks/prefix/10.20.10.0/24');
  await expect(page.getByRole('grid', { name: 'Addresses of 10.20.10.0/24' })).toBeVisible();
});

test('the tree offers what is free, by keyboard too, and takes a part of it', async ({ page }) => {
  await openSample(page);
  await goTo(page, '#/networks/prefixes');
  const tree = page.getByRole('grid', { name: 'Prefixes' });
  await expect(tree.getByText('10.20.11.0–10.20.19.255')).toBeVisible();
  await expectAccessible(page);
  await tree.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(tree.getByText('10.20.10.0/24')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(tree.getByRole('link', { name: '10.20.10.0/24' })).toBeVisible();
  await tree.getByRole('button', { name: 'Take a part of what is free from 10.20.11.0' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take a part of 10.20.0.0/16' });
  await dialog.getByLabel('Length').fill('26');
  await expect(dialog.getByLabel('Which').first()).toHaveValue('10.20.11.0/26');
  await dialog.getByRole('button', { name: 'Add prefix' }).click();
  await expect(tree.getByRole('link', { name: '10.20.11.0/26' })).toBeVisible();
});

test('on the map a DHCP range is dragged, an address is given away, and the next one moves on', async ({
  page,
}) => {
  await openSample(page);
  await goTo(page, '#/networks/prefixes/10.20.20.0/24');
  const map = page.getByRole('grid', { name: 'Addresses of 10.20.20.0/24' });
  const cell = (end: number) => map.locator(`[data-index="${end}"]`);
  await expect(cell(21)).toHaveAccessibleName(/in use: .*worker-1/);
  await expectAccessible(page);
  await cell(96).hover();
  await page.mouse.down();
  await cell(111).hover();
  await page.mouse.up();
  await page.getByRole('button', { name: 'Give out by DHCP' }).click();
  await expect(cell(100)).toHaveAccessibleName(/range: DHCP/);

  await map.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByText('Next free: 10.20.20.1')).toBeVisible();
  await page.getByRole('button', { name: 'Keep it free' }).click();
  await expect(page.getByText('Next free: 10.20.20.2')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByText('Next free: 10.20.20.1')).toBeVisible();

  await page.getByText('List', { exact: true }).click();
  await expect(page.getByRole('row', { name: /10\.20\.20\.30 .*nas/ })).toBeVisible();
  await expectAccessible(page);
});

test('ports are chosen on the front of a switch and set at once', async ({ page }) => {
  await openSample(page);
  await goTo(page, '#/networks/switches');
  await page.getByRole('link', { name: /Set VLANs of .*core-switch/ }).click();
  const front = page.getByRole('group', { name: 'Front of core-switch' });
  const port = (name: string) => front.getByRole('button', { name: new RegExp(`${name}\\W*,`) });
  await expect(port('ether2')).toHaveAccessibleName(/untagged 10 .*management.*to .*cp-1 eth0/);
  await port('ether8').click();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await expect(page.getByText('2 ports selected')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Set VLANs' }).click();
  const dialog = page.getByRole('dialog', { name: 'VLANs of 2 ports' });
  await dialog.getByLabel('Untagged').first().click();
  await page.getByRole('option', { name: '20 storage' }).click();
  await dialog.getByRole('button', { name: 'Set VLANs' }).click();
  await expect(port('ether8')).toHaveAccessibleName(/untagged 20/);
  await expect(port('ether10')).toHaveAccessibleName(/untagged 20/);
  await page.keyboard.press('Control+z');
  await expect(port('ether10')).toHaveAccessibleName(/no untagged VLAN/);
});
