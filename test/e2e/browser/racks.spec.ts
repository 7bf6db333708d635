import { expect, expectAccessible, test } from './app.ts';

test('a rack is renamed, kept as high as its devices need, and deleted without them', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  const rack = page.getByRole('figure', { name: /^Rack/ });
  const choose = async (item: string) => {
    await page.getByRole('button', { name: /^Actions for .*rack/i }).click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose('Edit rack');
  const dialog = page.getByRole('dialog', { name: /^Edit .*rack/i });
  const height = dialog.getByLabel('Height in units');
  await dialog.getByLabel('Name').fill('Attic');
  await height.fill('3');
  await dialog.getByRole('button', { name: 'Change rack' }).click();
  await expect(height).toHaveAccessibleDescription(/would reach unit/);
  await expect(height).toBeFocused();
  await expectAccessible(page);
  await height.fill('20');
  await dialog.getByRole('button', { name: 'Change rack' }).click();
  await expect(rack.getByText('Attic')).toBeVisible();
  await expect(rack.getByText(/20 U/)).toBeVisible();
  // From the top to the bottom, as it is drawn.
  const plates = rack.getByRole('list').getByRole('button');
  await expect(plates.first()).toContainText('edge-router');
  await expect(plates.last()).toContainText('ups');

  await choose('Delete rack');
  const confirm = page.getByRole('dialog', { name: /^Delete/ });
  await expect(confirm.getByText('12 devices would stand in no rack')).toBeVisible();
  await expectAccessible(page);
  await confirm.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Without a rack: 12')).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();
  await page.getByText('Without a rack').getByRole('link').click();
  await expect(page.getByRole('heading', { name: 'Devices' })).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(13);
  await page.keyboard.press('Control+z');
  await expect(page.getByText('No device matches')).toBeVisible();
});

test('what was never observed is listed alone', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page
    .locator('section', { hasText: 'Never read' })
    .getByRole('link', { name: 'Show all in the list' })
    .last()
    .click();
  await expect(page).toHaveURL(/unobserved=1/);
  await expect(page.getByRole('button', { name: 'Never read' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Never read/ })).toHaveCount(12);
});

test('a note is deleted, and its notice brings it back', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  const note = page.getByText('First server of the cluster');
  await expect(note).toBeVisible();
  await expect(page).toHaveTitle(/cp-1.* – Rackhelm/);
  await page.getByRole('button', { name: /^Delete the note/ }).click();
  await expect(note).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'New note' })).toBeFocused();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(note).toBeVisible();
});
