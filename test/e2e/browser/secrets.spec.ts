import { makeKey, startSshd } from '../../integration/sshd/index.ts';
import { expect, expectAccessible, test } from './app.ts';

const passphrase = 'correct horse battery';

test('a passphrase is remembered where the person says so, and kept like a secret', async ({
  app,
  page,
}) => {
  const key = makeKey(app.dataDirectory, 'locked', { passphrase: 'of the key' });
  const sshd = await startSshd({ authorized: [key.publicLine] });
  try {
    await page.getByRole('button', { name: /Open the sample rack/ }).waitFor();
    await page.keyboard.press('a');
    const machine = page.getByRole('dialog', { name: 'Add machine over SSH' });
    await machine.getByLabel('Host', { exact: true }).fill('127.0.0.1');
    await machine.getByLabel('Port').fill(String(sshd.port));
    await machine.getByLabel('User').fill(sshd.user);
    await machine.getByLabel('Key file').fill(key.path);
    await machine.getByRole('button', { name: 'Connect' }).click();
    await machine.getByRole('button', { name: 'Accept' }).click();
    await machine.getByLabel('Passphrase', { exact: true }).fill('of the key');
    await machine.getByLabel('Remember it').check();
    await expectAccessible(page);
    await machine.getByRole('button', { name: 'Continue' }).click();

    // The store is set up on the spot, and the login goes on by itself.
    const setUp = page.getByRole('dialog', { name: 'Set up the store of secrets' });
    await setUp.getByLabel('By a passphrase').check();
    await setUp.getByLabel('New passphrase', { exact: true }).fill(passphrase);
    await setUp.getByLabel('Once more').fill(passphrase);
    await expectAccessible(page);
    await setUp.getByRole('button', { name: 'Set up' }).click();
    await machine.getByRole('button', { name: 'Add to inventory' }).click();
    await machine.getByRole('button', { name: 'Open device' }).click();

    await page.keyboard.press('Control+,');
    await page.getByRole('button', { name: 'Open secrets' }).click();
    const secrets = page.getByRole('dialog', { name: 'Secrets' });
    const row = secrets.getByRole('row', { name: new RegExp(key.path) });
    await expect(row).toContainText('Passphrase of a key');
    await row.getByRole('button', { name: /More for/ }).click();
    await page.getByRole('menuitem', { name: 'Test' }).click();
    await expect(secrets.getByText(/It works/)).toBeVisible();
    await expectAccessible(page);

    await secrets.getByRole('button', { name: 'Make a recovery key' }).click();
    await page.getByRole('button', { name: 'Make it' }).click();
    const sheet = page.getByRole('dialog', { name: 'Recovery key', exact: true });
    await expect(sheet.getByTestId('recovery-key').locator('span')).toHaveCount(9);
    const recoveryKey = await sheet.getByTestId('recovery-key').locator('span').allInnerTexts();
    await sheet.getByRole('button', { name: 'I have kept it' }).click();

    await secrets.getByRole('button', { name: 'Lock now' }).click();
    await secrets.getByRole('button', { name: 'Unlock' }).click();
    const unlock = page.getByRole('dialog', { name: 'Unlock the store of secrets' });
    await unlock.getByLabel('Passphrase', { exact: true }).last().fill('a wrong one');
    await unlock.getByRole('button', { name: 'Unlock' }).click();
    await expect(unlock.getByText('That passphrase does not open the store.')).toBeVisible();
    await unlock.getByText('Recovery key', { exact: true }).first().click();
    await expect(unlock.getByText('That passphrase does not open the store.')).toBeHidden();
    await unlock.getByRole('textbox', { name: 'Recovery key' }).fill(recoveryKey.join(' '));
    await unlock.getByRole('button', { name: 'Unlock' }).click();
    await expect(secrets.getByText('Open', { exact: true })).toBeVisible();

    await row.getByRole('button', { name: /More for/ }).click();
    await page.getByRole('menuitem', { name: 'Forget' }).click();
    await page.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(secrets.getByText('Nothing is remembered yet.')).toBeVisible();

    // Rackhelm's own key: made, replaced with the one before still there, and that one forgotten.
    await secrets.getByRole('button', { name: 'Make a key' }).click();
    await expect(secrets.getByText(/^ssh-ed25519 .* rackhelm@/)).toHaveCount(1);
    await secrets.getByRole('button', { name: 'Replace' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make a new one' }).click();
    await expect(secrets.getByText('The one before')).toBeVisible();
    await expectAccessible(page);
    await secrets.getByRole('button', { name: 'Forget', exact: true }).last().click();
    const forget = page.getByRole('dialog', { name: 'Forget this key' });
    await forget.getByRole('button', { name: 'Forget', exact: true }).click();
    await expect(secrets.getByText('The one before')).toBeHidden();
    await expect(secrets.getByText(/^ssh-ed25519 .* rackhelm@/)).toHaveCount(1);
  } finally {
    await sshd.stop();
  }
});
