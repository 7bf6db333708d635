import type { Page } from 'playwright/test';
import { expect, expectAccessible, test } from './app.ts';

const screens = ['Overview', 'Devices', 'Services', 'Networks', 'History'] as const;
/** Of an area that opens with a view of its own. */
const headings: Partial<Record<(typeof screens)[number], string>> = { Networks: 'VLANs' };

async function openPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Find anything' }).getByRole('textbox').fill(text);
}

for (const theme of ['light', 'dark', 'contrast'] as const) {
  test(`no screen has an accessibility fault (${theme})`, async ({ page }) => {
    await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
    await openPalette(page, theme === 'contrast' ? 'high contrast' : `theme: ${theme}`);
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await page.getByRole('button', { name: /Open the sample rack/ }).click();
    await expect(page.getByText('Opened the sample rack')).toBeVisible();
    for (const screen of screens) {
      await page.getByRole('link', { name: new RegExp(`^${screen}`) }).click();
      await expect(
        page.getByRole('heading', { level: 1, name: headings[screen] ?? screen }),
      ).toBeVisible();
      await expectAccessible(page);
    }
    await page.getByRole('link', { name: /^Devices/ }).click();
    await page.getByRole('row', { name: /cp-1/ }).dblclick();
    await expect(page.getByRole('heading', { name: 'cp-1' })).toBeVisible();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      await expectAccessible(page);
    }
  });
}

test('a list is filtered, edited in bulk, deleted and brought back', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('searchbox', { name: 'Search devices' }).fill('worker');
  const table = page.getByRole('grid', { name: 'Devices' });
  await expect(table.getByRole('row')).toHaveCount(3);

  await table.getByRole('checkbox', { name: 'Select all' }).click();
  const selection = page.getByRole('region', { name: 'Selection' });
  await selection.getByRole('button', { name: 'Edit selected devices' }).click();
  const dialog = page.getByRole('dialog', { name: 'Edit 2 devices' });
  await dialog.getByRole('checkbox', { name: 'Set status' }).check();
  await expectAccessible(page);
  await dialog.getByRole('combobox', { name: 'Status' }).click();
  await page.getByRole('option', { name: 'Spare' }).click();
  await dialog.getByRole('button', { name: /^(Save|Change|Edit)/ }).click();
  await expect(table.getByRole('row', { name: /worker-1.*Spare/ })).toBeVisible();

  await selection.getByRole('button', { name: 'Delete selected devices' }).click();
  const confirm = page.getByRole('dialog', { name: /^Delete/ });
  // Enter alone destroys nothing: Cancel has the focus.
  await expect(confirm.getByRole('button', { name: 'Cancel' })).toBeFocused();
  await confirm.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('No device matches')).toBeVisible();
  await expect(page.getByRole('main')).toBeFocused();

  await page.keyboard.press('Control+z');
  await expect(table.getByRole('row', { name: /worker-1.*Spare/ })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(table.getByRole('row', { name: /worker-1.*Active/ })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(table.getByRole('row', { name: /worker-1.*Spare/ })).toBeVisible();
});

test('the palette finds things by address and actions by name', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await openPalette(page, '10.20.10.40');
  await page.getByRole('dialog').getByRole('button', { name: /gpu/ }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'gpu' })).toBeVisible();
  await openPalette(page, 'keyboard short');
  await page.getByRole('button', { name: /Keyboard shortcuts/ }).click();
  await expect(page.getByRole('dialog', { name: /shortcuts/i })).toBeVisible();
  await expectAccessible(page);
});

test('what one window changes, the other shows', async ({ page }) => {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(other.getByText('13 services')).toBeVisible();
});

test('a window says when the host is gone', async ({ app, page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await expect(page.getByText('Opened the sample rack')).toBeVisible();
  await app.stop();
  await expect(
    page.getByText(/not answer|connection.*lost|lost the connection/i).first(),
  ).toBeVisible();
  await expectAccessible(page);
});

test('a host that was started anew gets its key in the same window, and nothing typed is lost', async ({
  app,
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  const note = page.getByRole('textbox', { name: 'New note' });
  await note.fill('half a thought');
  await app.restart({ samePort: true });
  await expect(page.getByText('asks for a key')).toBeVisible();
  await expectAccessible(page);
  await page.goto(app.address);
  await expect(page.getByText('asks for a key')).toBeHidden();
  await expect(note).toHaveValue('half a thought');
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('half a thought').first()).toBeVisible();
  await expect(note).toHaveValue('');
});

test('a column is made wider by keys, keeps its width, and gets its first one back', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  const edge = page.getByRole('separator', { name: 'Width of Address' });
  const head = page.getByRole('columnheader', { name: /^Address/ });
  const width = async () => Math.round((await head.boundingBox())?.width ?? 0);
  // The table comes with the devices.
  await expect(head).toBeVisible();
  const before = await width();
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 8));
  expect(await width()).toBe(before + 8);
  await page.getByRole('link', { name: /^Services/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 8));
  await edge.focus();
  await page.keyboard.press('Home');
  await expect(edge).toHaveAttribute('aria-valuenow', String(before));
  await expectAccessible(page);

  // By mouse too; the column that takes the room that is left moves from where its edge is.
  const named = page.getByRole('columnheader', { name: /^Name/ });
  const handle = await page.getByRole('separator', { name: 'Width of Name' }).boundingBox();
  if (handle === null) throw new Error('The edge of the column is not there.');
  const wide = (await named.boundingBox())?.width ?? 0;
  await page.mouse.move(handle.x + 3, handle.y + 5);
  await page.mouse.down();
  await page.mouse.move(handle.x + 43, handle.y + 5, { steps: 4 });
  await page.mouse.up();
  await expect
    .poll(async () => Math.round(((await named.boundingBox())?.width ?? 0) - wide))
    .toBe(40);
});

test('a field keeps what could not be saved, and lets the keyboard go on', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  const name = page.getByRole('button', { name: /^Edit name:/ });
  const editor = page.getByRole('textbox', { name: 'Name', exact: true });
  await name.click();
  await editor.fill('cp-2');
  await page.keyboard.press('Enter');
  await expect(editor).toHaveValue('cp-2');
  await expect(page.getByText(/cp-2.*already|already.*cp-2/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(name).toBeFocused();
  await name.click();
  await editor.fill('cp-one');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Edit name: cp-one' })).toBeFocused();

  await page.getByRole('button', { name: /^Edit status/ }).click();
  await page.getByRole('option', { name: 'Spare' }).click();
  await expect(page.getByRole('button', { name: 'Edit status: Spare' })).toBeFocused();

  await page.getByRole('button', { name: /^Edit host name/ }).click();
  const hostname = page.getByRole('textbox', { name: 'Host name', exact: true });
  await hostname.fill('other');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Edit host name: other' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a field to Identity' })).toBeFocused();
});

test('names that run from right to left stay names', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'Add a device' });
  const name = `שרת-1 gnp.exe <img src=x onerror=alert(1)> ${'long'.repeat(40)}`;
  await dialog.getByLabel('Name').fill(name.replace('gnp', '\u202Egnp'));
  await dialog.getByRole('button', { name: 'Add device' }).click();
  await expect(dialog.getByText(/invisible marks that turn its direction/)).toBeVisible();
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Add device' }).click();
  await expect(page.getByRole('heading', { level: 1 }).getByText('שרת-1')).toBeVisible();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete device' }).click();
  const title = page
    .getByRole('dialog', { name: /^Delete/ })
    .getByRole('heading')
    .first();
  // Its question mark stands at the end, and nothing in it turns the sentence round.
  await expect(title).toHaveText(/^Delete \u2068[^\u2066-\u2069\u202A-\u202E]*\u2069\?$/u);
  await expectAccessible(page);
});

test('rows stay where they are pressed, however narrow the window is', async ({ page }) => {
  await page.setViewportSize({ width: 900, height: 600 });
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  const row = page.getByRole('row', { name: /cp-2/ });
  const before = await row.boundingBox();
  await row.click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  expect((await row.boundingBox())?.y).toBe(before?.y);
  await page.getByRole('row', { name: /cp-3/ }).click({ modifiers: ['Control'] });
  await expect(page.getByRole('region', { name: 'Selection' })).toBeVisible();
  expect((await row.boundingBox())?.y).toBe(before?.y);
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await row.dblclick();
  await expect(page.getByRole('heading', { name: 'cp-2' })).toBeVisible();
});
