import { expect, expectAccessible, test } from './app.ts';

/** One red pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
  'base64',
);

test('notes, fields of one’s own and attachments on anything, found again and taken back', async ({
  page,
}) => {
  await page.getByRole('button', { name: 'Open the sample rack' }).click();
  await page.goto(`${new URL(page.url()).origin}/#/kinds/prefix`);
  await page.getByText('10.20.10.0/24').first().dblclick();
  await expect(page).toHaveURL(/#\/things\/prefix\//);

  await page
    .getByLabel('New note')
    .fill('The **core** network <b onclick="x()">raw</b> [x](javascript:alert(1))');
  await page.getByRole('button', { name: 'Add note' }).click();
  const note = page.getByRole('article', { name: /^Note of/ });
  await expect(note.locator('strong')).toHaveText('core');
  await expect(note.locator('b, a')).toHaveCount(0);

  await page.getByRole('combobox', { name: 'Tags' }).fill('core-net');
  await page.keyboard.press('Enter');

  await page.getByRole('button', { name: 'Edit fields' }).click();
  const dialog = page.getByRole('dialog', { name: 'Your own fields' });
  await dialog.getByLabel('Another field').fill('Reviewed on');
  await dialog.getByRole('combobox', { name: 'Holds' }).click();
  await page.getByRole('option', { name: 'Date' }).click();
  await dialog.getByRole('button', { name: 'Add field' }).click();
  await expect(dialog.getByLabel('Name of the field Reviewed on')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /Edit reviewed on/ }).click();
  await page.getByRole('textbox', { name: 'Reviewed on' }).fill('2026-02-30');
  await page.keyboard.press('Enter');
  await expect(page.getByText('A date such as 2027-01-31.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Reviewed on' }).fill('2026-02-28');
  await page.keyboard.press('Enter');

  await page.locator('input[type=file]').setInputFiles([
    { name: '../plan.png', mimeType: 'text/html', buffer: picture },
    { name: 'page.html', mimeType: 'image/png', buffer: Buffer.from('<script>alert(1)</script>') },
  ]);
  const files = page.getByRole('list', { name: 'Attachments' });
  await expect(files.getByText('plan.png')).toBeVisible();
  await expect(files.locator('img')).toHaveCount(1);
  await expect
    .poll(() => files.locator('img').evaluate((img: HTMLImageElement) => img.naturalWidth))
    .toBe(1);
  await expectAccessible(page);
  const pictures = process.env.RACKHELM_PICTURES;
  if (pictures !== undefined) {
    await page.screenshot({ path: `${pictures}/annotations.png`, fullPage: true });
  }

  const saved = page.waitForEvent('download');
  await files.getByRole('button', { name: 'Save page.html' }).click();
  expect((await saved).suggestedFilename()).toBe('page.html');
  await files.getByRole('button', { name: 'Delete page.html' }).click();
  await expect(files.getByText('page.html')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect(files.getByText('page.html')).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('2026-02-28');
  await expect(
    page.getByRole('dialog', { name: 'Find anything' }).getByText('10.20.10.0/24'),
  ).toBeVisible();
});
