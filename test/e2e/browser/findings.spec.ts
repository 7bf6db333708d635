import { expect, expectAccessible, test } from './app.ts';

test('what contradicts itself is told while it is typed, on one page, and silenced with a reason', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await page.evaluate(() => location.assign('#/kinds/prefix'));
  await page.getByRole('main').getByRole('button', { name: 'Add prefix' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Prefix' }).fill('10.99.0.0/24');
  await dialog.getByRole('textbox', { name: 'Gateway' }).fill('10.98.0.1');
  const wrong = 'The gateway 10.98.0.1 is outside 10.99.0.0/24.';
  await expect(dialog.getByText(wrong)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('textbox', { name: 'Gateway' }).fill('10.99.0.1');
  await expect(dialog.getByText(/is outside/)).toBeHidden();
  await dialog.getByRole('textbox', { name: 'Gateway' }).fill('10.98.0.1');
  await dialog.getByRole('button', { name: 'Add prefix' }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('link', { name: /^Findings/ }).click();
  const table = page.getByRole('grid', { name: 'Findings' });
  await expect(table.getByText(wrong)).toBeVisible();
  await expectAccessible(page);
  await table.getByRole('row', { name: /The gateway/ }).click();
  await page.getByRole('button', { name: 'Silence with a reason' }).click();
  await dialog.getByRole('button', { name: 'Silence' }).click();
  await expect(dialog.getByText('Say why, so that it can be understood later.')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Why' }).fill('The old router still answers there.');
  await dialog.getByRole('button', { name: 'Silence' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(wrong)).toBeHidden();
  await page.getByRole('button', { name: /^Silenced \(1\)/ }).click();
  await expect(page.getByText('Silenced: The old router still answers there.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await page.getByRole('button', { name: /^Silenced/ }).click();
  await table.getByRole('link', { name: '10.99.0.0/24' }).click();
  await expect(page.getByRole('region', { name: 'Findings' }).getByText(wrong)).toBeVisible();
  await expectAccessible(page);
});
