import type { Page } from 'playwright/test';
import { makeKey, type Sshd, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

async function fillTarget(page: Page, sshd: Sshd, keyFile: string) {
  await page
    .getByRole('button', { name: /Add machine over SSH/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
  await dialog.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await dialog.getByLabel('Port').fill(String(sshd.port));
  await dialog.getByLabel('User').fill(sshd.user);
  await dialog.getByLabel('Key file').fill(keyFile);
  return dialog;
}

test('a refused port says what to do and keeps what was typed', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
  await dialog.getByLabel('Host', { exact: true }).fill('127.0.0.1');
  await dialog.getByLabel('Port').fill('1');
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await expect(dialog.getByText('127.0.0.1:1 refused the connection.')).toBeVisible();
  await expect(dialog.getByText('Check that sshd runs there')).toBeVisible();
  await expect(dialog.getByLabel('Port')).toHaveValue('1');
  await expect(dialog.getByLabel('Port')).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page);
});

test('a reload in the middle brings back what was typed', async ({ page }) => {
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await page.keyboard.press('a');
  const dialog = page.getByRole('dialog', { name: 'Add machine over SSH' });
  const typed = {
    Host: '127.0.0.1',
    Port: '2',
    User: 'admin',
    'Key file': '~/k',
    'Jump hosts': 'g',
  };
  for (const [label, text] of Object.entries(typed)) {
    await dialog.getByLabel(label, { exact: true }).fill(text);
  }
  await page.reload();
  for (const [label, text] of Object.entries(typed)) {
    await expect(dialog.getByLabel(label, { exact: true })).toHaveValue(text);
  }
  // Closed on purpose, it is forgotten.
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
  await expect(dialog).toBeHidden();
});

test('a rejected key ends it, and nothing is written', async ({ app, page }) => {
  const key = makeKey(app.dataDirectory, 'rejected');
  const sshd = await startSshd({ authorized: [key.publicLine] });
  try {
    const dialog = await fillTarget(page, sshd, key.path);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await dialog.getByRole('button', { name: 'Reject' }).click();
    await expect(dialog.getByRole('button', { name: 'Try again' })).toBeVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.getByText('Nothing has changed yet')).toBeVisible();
  } finally {
    await sshd.stop();
  }
});

test('a name that is taken is told at its field, which has the focus', async ({ app, page }) => {
  const key = makeKey(app.dataDirectory, 'taken');
  const sshd = await startSshd({ authorized: [key.publicLine] });
  try {
    await page.getByRole('button', { name: /Open the sample rack/ }).click();
    const dialog = await fillTarget(page, sshd, key.path);
    await dialog.getByRole('button', { name: 'Connect' }).click();
    await dialog.getByRole('button', { name: 'Accept and remember' }).click();
    const name = dialog.getByLabel('Name', { exact: true });
    await name.fill('cp-1');
    await dialog.getByRole('button', { name: 'Add to inventory' }).click();
    await expect(name).toHaveAccessibleDescription(/There is a device named cp-1 already/);
    await expect(name).toBeFocused();
    await expectAccessible(page);
  } finally {
    await sshd.stop();
  }
});

test('a changed host key blocks until its word is typed', async ({ app, page }) => {
  const key = makeKey(app.dataDirectory, 'changed');
  const first = await startSshd({ authorized: [key.publicLine] });
  let dialog = await fillTarget(page, first, key.path);
  await dialog.getByRole('button', { name: 'Connect' }).click();
  await dialog.getByRole('button', { name: 'Accept and remember' }).click();
  await dialog.getByRole('button', { name: 'Add to inventory' }).click();
  await dialog.getByRole('button', { name: 'Open device' }).click();
  await first.stop();

  const second = await startSshd({ authorized: [key.publicLine], port: first.port });
  try {
    await page.getByRole('button', { name: 'Refresh' }).first().click();
    dialog = page.getByRole('dialog', { name: /^Refresh / });
    const block = dialog.getByRole('alert', { name: 'Changed host key' });
    await expect(block).toBeVisible();
    await expectAccessible(page);
    // Refused, it is the person's choice and no fault; the next try is blocked all the same.
    await block.getByRole('button', { name: 'Stop' }).click();
    await expect(
      dialog.getByText('You did not accept the key. Nothing was written.'),
    ).toBeVisible();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Try again' }).click();
    const replace = block.getByRole('button', { name: 'Replace the known key' });
    await expect(replace).toBeDisabled();
    await block.getByLabel('To replace the known key, type 127.0.0.1').fill('127.0.0.1');
    await replace.click();
    await expect(dialog.getByText(/Facts recorded/)).toBeVisible();
  } finally {
    await second.stop();
  }
});
