import type { Page } from 'playwright/test';
import { makeKey, type Sshd, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

async function addMachine(page: Page, sshd: Sshd, keyFile: string): Promise<void> {
  await page
    .getByRole('button', { name: /Add machine over SSH/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
  await dialog.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await dialog.getByLabel('Port').fill(String(sshd.port));
  await dialog.getByLabel('User').fill(sshd.user);
  await dialog.getByLabel('Key file').fill(keyFile);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Accept and remember' }).click();
  await dialog.getByRole('button', { name: 'Add to inventory' }).click();
  await dialog.getByRole('button', { name: 'Open device' }).click();
}

test('a device is refreshed in place, and one that fails looks so everywhere', async ({
  app,
  page,
}) => {
  const key = makeKey(app.dataDirectory, 'refresh');
  const sshd = await startSshd({ authorized: [key.publicLine] });
  await addMachine(page, sshd, key.path);
  const refresh = page.getByRole('button', { name: 'Refresh', exact: true });
  await refresh.click();
  await expect(page.getByRole('status').filter({ hasText: /^Read / })).toBeVisible();
  await expect(page.getByRole('dialog')).toBeHidden();

  await sshd.stop();
  await page.getByRole('main').press('r');
  await expect(page.getByText('Could not be read').first()).toBeVisible();
  const notice = page.getByRole('main').getByRole('alert');
  await expect(notice).toContainText('refused the connection');
  await expect(notice).toContainText('What is shown was read');
  await expectAccessible(page);

  await page
    .getByRole('link', { name: /^Devices/ })
    .first()
    .click();
  await expect(page.getByRole('row', { name: /Could not be read.*refused/ })).toBeVisible();
  const filters = page.getByRole('group', { name: 'Filter devices' });
  await filters.getByRole('button', { name: 'Read' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Could not be read' }).click();
  await expect(page).toHaveURL(/failed=1/);
  await expect(page.getByRole('row')).toHaveCount(2);
  await page.getByRole('link', { name: 'Overview' }).click();
  // Without the notice of the first time.
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Could not be read' })).toBeVisible();

  // All at once asks nothing, and that nothing came of it is told when it is through.
  await page.keyboard.press('Shift+R');
  await expect(page.getByRole('alert').first()).toContainText('refused the connection');
});

test('the columns of the devices are chosen, and kept', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  const header = (name: string) => page.getByRole('columnheader', { name });
  await expect(header('System')).toBeHidden();
  await page.getByRole('button', { name: 'Choose columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'System' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Tags' }).click();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(header('System')).toBeVisible();
  await expect(header('Tags')).toBeHidden();
});

test('an empty field waits behind a button, and opens when it is chosen', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  await expect(page.getByText('Kernel')).toBeHidden();
  await page.getByRole('button', { name: 'Add a field to System' }).click();
  await page.getByRole('menuitem', { name: 'Kernel' }).click();
  const field = page.getByRole('textbox', { name: 'Kernel' });
  await expect(field).toBeFocused();
  await field.fill('6.12');
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Edit kernel: 6.12' })).toBeFocused();
});

test('a note is edited; where another window edited it too, theirs is shown first', async ({
  page,
}) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await page.getByRole('button', { name: /^Edit the note/ }).click();
  const text = page.getByRole('textbox', { name: 'Text of the note' });
  await text.fill('mine');

  await other.getByRole('button', { name: /^Edit the note/ }).click();
  await other.getByRole('textbox', { name: 'Text of the note' }).fill('theirs');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('theirs')).toBeVisible();

  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('This note was edited elsewhere')).toBeVisible();
  await expect(page.getByText('theirs')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('mine')).toBeVisible();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('theirs')).toBeVisible();
});

test('typing a note does not draw the other notes anew', async ({ page }) => {
  test.slow();
  await page.getByRole('button', { name: /Open the sample rack/ }).click();
  await page.getByRole('link', { name: /^Devices/ }).click();
  await page.getByRole('row', { name: /cp-1/ }).dblclick();
  const box = page.getByRole('textbox', { name: 'New note' });
  for (let n = 0; n < 22; n += 1) {
    await box.fill(`note ${n}`);
    await box.press('Control+Enter');
    await expect(box).toHaveValue('');
  }
  await expect(page.getByRole('article')).toHaveCount(20);
  await expect(page.getByRole('article').first()).toContainText('note 21');
  await page.getByRole('button', { name: /^Show 3 older notes/ }).click();
  await expect(page.getByRole('article')).toHaveCount(23);
  // What React changes below the list while a person types.
  await page.evaluate(() => {
    const seen = { changes: 0 };
    Object.assign(window, { seen });
    const list = document.querySelector('article')?.parentElement;
    if (!list) throw new Error('There is no list.');
    new MutationObserver((records) => {
      seen.changes += records.filter(({ target }) =>
        (target as Element).closest?.('article'),
      ).length;
    }).observe(list, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  await box.pressSequentially('a longer note that is typed letter by letter');
  expect(
    await page.evaluate(() => (window as unknown as { seen: { changes: number } }).seen.changes),
  ).toBe(0);
});
