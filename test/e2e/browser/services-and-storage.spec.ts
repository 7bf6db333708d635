import { expect, expectAccessible, test } from './app.ts';

test.beforeEach(async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
});

test('the graph of services tells what needs what, and is narrowed to one', async ({ page }) => {
  await page.getByRole('link', { name: /^Services/ }).click();
  await page.getByRole('link', { name: 'What needs what' }).click();
  const graph = page.getByRole('region', { name: 'Graph of the services' });
  const gitea = graph.getByRole('button', { name: /^gitea.*needs .*postgresql/ });
  await gitea.click();
  await expect(gitea).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);
  const all = await graph.getByRole('button').count();
  await graph.getByRole('button', { name: /^model-server/ }).click();
  await page.getByRole('button', { name: 'Only what hangs on it' }).click();
  await expect(graph.getByRole('button', { name: /^model-server/ })).toBeVisible();
  await expect.poll(() => graph.getByRole('button').count()).toBeLessThan(all);
  await page.getByRole('button', { name: 'Around model-server' }).click();
  await expect.poll(() => graph.getByRole('button').count()).toBe(all);
});

test('a pool, its volume and who uses it are added by hand and stand together', async ({
  page,
}) => {
  await page.getByRole('link', { name: /^Storage/ }).click();
  await page.getByRole('main').getByRole('button', { name: 'Add storage pool' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('fast');
  await dialog
    .getByRole('combobox', { name: 'Kind' })
    .or(dialog.getByLabel('Kind'))
    .first()
    .click();
  await page.getByRole('option', { name: 'zfs' }).click();
  await dialog.getByRole('textbox', { name: 'Size' }).fill('1.8T');
  await dialog.getByRole('button', { name: 'Add storage pool' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('link', { name: 'Where data lies' }).click();
  await expect(page.getByRole('region', { name: 'fast' })).toContainText('zfs, 1.8 TiB');
  await expectAccessible(page);
});
